// A real OpenID provider (npm oidc-provider) for the console's tests. It prints its issuer and serves until it is killed.
// usage: node provider.mjs PORT RETURN_ADDRESS SIGNED_OUT_ADDRESS
//
// Whoever signs in here as one of CAST is that person. A sign-in name with a plus sign spoils the ID token that the
// provider signs for the person: `edit+nonce` signs in as edit with the nonce of somebody else.
import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";

// The packages are installed outside the repository's own folders (scripts/oidc-provider.sh).
const require = createRequire(`${process.env.OIDC_PACKAGES}/package.json`);
const { default: Provider } = await import(require.resolve("oidc-provider"));
const { SignJWT, importJWK, decodeJwt } = await import(require.resolve("jose"));

const [port, returnAddress, signedOutAddress] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const client = { id: "radgivaren", secret: "a secret between two" };

const CAST = {
  rut: { name: "Rut Läsare", roles: ["Radgivaren.Reader"] },
  edit: { name: "Edit Redaktör", roles: ["Radgivaren.Editor", "Another.System"] },
  anders: { name: "Anders Godkännare", roles: ["Radgivaren.Approver"] },
  frida: { name: "Frida Förvaltare", roles: ["Radgivaren.Editor", "Radgivaren.Administrator"] },
  olle: { name: "Olle Utan Roll", roles: ["Another.System"] },
  nils: { name: "Nils Namnlös", roles: "Radgivaren.Reader" },
};

const jwkOf = (key) => ({ ...key.privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" });
const [own, strange] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
const ownKey = { ...jwkOf(own), kid: "own" };
const hour = 3600;
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

// What is wrong with the token: the claims, or the way that it is signed.
const SPOILT = {
  nonce: (claims) => ({ ...claims, nonce: "somebody else's" }),
  "no-nonce": ({ nonce, ...claims }) => claims,
  issuer: (claims) => ({ ...claims, iss: "https://another.example" }),
  audience: (claims) => ({ ...claims, aud: "another-client" }),
  "audience-azp": (claims) => ({ ...claims, aud: "another-client", azp: client.id }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 3 * hour, exp: claims.iat - 2 * hour }),
};
const SIGNED = {
  none: (claims) => `${base64({ alg: "none" })}.${base64(claims)}.`,
  secret: (claims) => {
    const head = `${base64({ alg: "HS256" })}.${base64(claims)}`;
    return `${head}.${createHmac("sha256", client.secret).update(head).digest("base64url")}`;
  },
  stranger: async (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(await importJWK(jwkOf(strange), "RS256")),
};

async function spoilt(token, how) {
  const claims = decodeJwt(token);
  if (how in SIGNED) return SIGNED[how](claims);
  return new SignJWT(SPOILT[how](claims))
    .setProtectedHeader({ alg: "RS256", kid: "own" })
    .sign(await importJWK(ownKey, "RS256"));
}

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: [returnAddress],
      post_logout_redirect_uris: [signedOutAddress],
    },
  ],
  jwks: { keys: [ownKey] },
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
  claims: { openid: ["sub", "roles"], profile: ["name", "preferred_username"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  async findAccount(_context, id) {
    const [name] = id.split("+");
    return {
      accountId: id,
      claims: () => ({
        sub: createHash("sha256").update(name).digest("hex"),
        preferred_username: `${name}@kommun.example`,
        ...CAST[name],
      }),
    };
  },
});

provider.use(async (context, next) => {
  await next();
  const token = context.path === "/token" && context.body?.id_token;
  if (!token) return;
  const [, how] = (context.oidc.account?.accountId ?? "").split("+");
  if (how) context.body = { ...context.body, id_token: await spoilt(token, how) };
});

provider.listen(Number(port), "127.0.0.1", () => console.log(issuer));
