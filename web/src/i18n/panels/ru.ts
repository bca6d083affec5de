import { plurals } from "../plural.ts";

const counted = plurals("ru");

/** The words of the panels beside the page. */
export const ru = {
  notes: {
    mark: "Отметить страницу закладкой",
    unmark: "Убрать закладку",
    marked: "Закладка поставлена",
    unmarked: "Закладка убрана",
    bookmark: "Закладка:",
    empty: "Выделите текст, чтобы отметить его цветом или записать мысль. Здесь всё соберётся по порядку.",
    note: "Заметка",
    remove: "Удалить",
    colours: { yellow: "Жёлтый", green: "Зелёный", blue: "Синий", pink: "Розовый" },
    unsent: (n: number) =>
      `Ждёт связи: ${counted(n, { one: "запись", few: "записи", many: "записей", other: "записи" })}. Они сохранены здесь.`,
  },
  selection: {
    label: "Выделенный текст",
    highlight: (colour: string) => `Отметить: ${colour.toLowerCase()}`,
    note: "Записать мысль",
    copy: "Скопировать",
    copied: "Скопировано",
    share: "Поделиться",
    search: "Найти в книге",
    dictionary: "Викисловарь",
    translate: "Перевести",
  },
  appearance: {
    theme: "Тема",
    themes: {
      auto: "Как в системе",
      light: "Светлая",
      paper: "Бумага",
      sepia: "Сепия",
      dark: "Тёмная",
      black: "Чёрная",
    },
    font: "Шрифт",
    fonts: { literata: "Литерата", "pt-serif": "PT Serif", "old-standard": "Old Standard", golos: "Голос" },
    size: "Размер",
    smaller: "Мельче",
    larger: "Крупнее",
    lineHeight: "Интервал",
    tighter: "Плотнее",
    looser: "Просторнее",
    measure: "Ширина строки",
    narrower: "Уже",
    wider: "Шире",
    mode: "Листать",
    modes: { pages: "Страницами", scroll: "Лентой" },
    columns: "Колонки",
    columnChoices: { auto: "Сами", one: "Одна", two: "Две" },
    alignment: "Выравнивание",
    alignments: { ragged: "По левому краю", justified: "По ширине" },
    hyphens: "Переносы",
    pictures: "Показывать картинки к описаниям",
    marks: "Описания в тексте",
    markChoices: { tint: "Подсветка", dotted: "Пунктир", off: "Скрыть" },
    letterKeys: "Буквенные клавиши: t — оглавление, m — панели, f — во весь экран",
    reset: "Вернуть как было",
    value: (name: string, value: string) => `${name}: ${value}`,
  },
  search: {
    label: "Слово или несколько слов",
    hint: "Находит слова во всех формах: по «лампа» и «лампой», и «ламп».",
    running: "Ищем",
    nothing: "Такого в книге нет.",
    count: (n: number) =>
      `Нашлось ${counted(n, { one: "место", few: "места", many: "мест", other: "места" })}`,
    many: (n: number) => `Показаны первые ${n}. Добавьте ещё слово, чтобы сузить поиск.`,
    ahead: (n: number) => `Ещё ${n} впереди. Показать`,
  },
};

export type PanelWords = typeof ru;
