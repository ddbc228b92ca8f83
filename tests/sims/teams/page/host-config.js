// What Teams' light theme makes of a card: sizes, colours and the styles of containers.

const text = (normal, subtle) => ({ default: normal, subtle: subtle ?? normal });

const colors = {
  default: text("#242424", "#616161"),
  dark: text("#242424", "#616161"),
  light: text("#ffffff", "#f3f2f1"),
  accent: text("#5b5fc7", "#7f85f5"),
  good: text("#0f7b0f", "#237b4b"),
  warning: text("#835b00", "#835b00"),
  attention: text("#c4314b", "#a72037"),
};

const container = (backgroundColor, foreground = colors) => ({ backgroundColor, foregroundColors: foreground });

export const hostConfig = {
  fontFamily: '"Segoe UI", system-ui, sans-serif',
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: "#e1dfdd" },
  supportsInteractivity: true,
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: container("#ffffff"),
    emphasis: container("#f3f2f1"),
    accent: container("#e8ebfa"),
    good: container("#e7f2da"),
    attention: container("#fcf4f6"),
    warning: container("#fbf6d9"),
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
    actionsOrientation: "horizontal",
    actionAlignment: "left",
  },
  inputs: {
    label: {
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
      inputSpacing: "small",
    },
    errorMessage: { color: "attention", weight: "default", spacing: "small" },
  },
};
