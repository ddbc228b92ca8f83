"""What is wrong with a refused file and what to do, as people are told. Every code of the readers is here (tested)."""

from __future__ import annotations

REMEDIES = {
    "missing": "filen finns inte. Kontrollera sökvägen.",
    "not_a_file": "det är ingen vanlig fil. Ange en fil eller en mapp.",
    "unreadable": "filen går inte att läsa. Kontrollera rättigheterna.",
    "too_large": "filen är för stor. Text och webbsidor får vara 20 MB, PDF och Word 50 MB. Dela upp den.",
    "empty": "filen är tom. Fyll i den eller ta bort den.",
    "unknown": "filens slag känns inte igen. Spara den som PDF, Word (.docx), webbsida (.html), Markdown (.md), "
    "ren text (.txt) eller undertexter (.vtt, .srt).",
    "corrupt": "filen är skadad. Öppna den i sitt program och spara den på nytt, eller hämta den igen.",
    "encrypted": "filen är låst med lösenord. Spara en kopia utan lösenord.",
    "bomb": "filen packas upp till orimligt mycket innehåll och öppnas inte. Kontrollera varifrån den kommer.",
    "old_office": "filen har ett äldre Office-format (.doc, .xls, .ppt). Öppna den och spara den som .docx eller PDF.",
    "other_office": "presentationer, kalkylblad och andra kontorsformat läses inte. Spara filen som PDF.",
    "archive": "det är ett arkiv. Packa upp det och ta in filerna.",
    "mislabelled_pdf": "innehållet är en PDF fast namnet säger något annat. Byt ändelsen till .pdf.",
    "mislabelled_docx": "innehållet är ett Word-dokument fast namnet säger något annat. Byt ändelsen till .docx.",
    "mislabelled_html": "innehållet är en webbsida fast namnet säger något annat. Byt ändelsen till .html.",
    "mislabelled_text": "innehållet är ren text fast namnet säger något annat. Byt ändelsen till .txt eller .md.",
    "binary": "filen innehåller annat än text. Spara den som ren text.",
    "not_utf8": "texten är inte UTF-8. Spara om filen med teckenkodningen UTF-8.",
    "front": "uppgifterna överst i filen går inte att tolka. Rätta YAML-blocket mellan raderna med ---.",
    "sidecar": "uppgifterna i filen bredvid, med samma namn och .yml efter, går inte att tolka. Tillåtna är title, "
    "url, publisher, date, retrieved, valid_from, valid_to och topics; dagar skrivs som 2025-07-01.",
    "no_content": "webbsidan har ingen löpande text. Spara sidan när den har laddats färdigt, eller som PDF.",
    "no_text": "filen innehåller ingen text. Kontrollera att det är rätt fil.",
    "scanned": "sidorna är inskannade bilder och går inte att läsa. Kör textigenkänning (OCR) på filen först.",
    "took_too_long": "filen tog för lång tid att läsa. Dela upp den eller spara den i ett annat format.",
    "too_much_memory": "filen krävde för mycket minne. Dela upp den eller spara den i ett annat format.",
    "crashed": "filen kunde inte läsas: läsaren avbröts av den. Spara den i ett annat format.",
    "twice": "dokumentet finns redan i en annan fil. Behåll bara en av dem.",
    "title_only": "filen har ingen text, bara uppgifter om ett dokument som redan finns. Ta in en fil med texten.",
}
