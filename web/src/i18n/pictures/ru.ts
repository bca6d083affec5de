import { plurals } from "../plural.ts";

const counted = plurals("ru");
const percent = new Intl.NumberFormat("ru", { style: "percent", maximumFractionDigits: 0 });

/** The words of pictures: the dialog over the page, galleries. */
export const ru = {
  picture: {
    heading: "Картинка к описанию",
    asking: "Рисуем…",
    drawing: (f: number) => `Рисуем… ${percent.format(f)}`,
    failed: "Картинка не получилась",
    again: "Нарисовать иначе",
    style: "Манера",
    styles: { ink: "Тушь", watercolour: "Акварель", woodcut: "Гравюра" },
    retry: "Попробовать ещё раз",
    previous: "Предыдущее описание",
    next: "Следующее описание",
    close: "Закрыть картинку",
    download: "Скачать",
    toText: "К этому месту",
    needSignIn: "Войдите, и книга нарисует это описание.",
    kinds: {
      location: "Место",
      character: "Человек",
      atmosphere: "Настроение",
      object: "Предмет",
      action: "Действие",
    },
    position: (n: number, total: number) => `${n} из ${total}`,
  },
  variants: {
    heading: "Картинки этого описания",
    choose: (n: number) => `Показывать картинку ${n}`,
    chosen: "Теперь показывается эта картинка",
    strip: "Картинки этой главы",
    show: (alt: string) => `Показать: ${alt}`,
    more: "Ещё",
    fullScreen: "Во весь экран",
    share: "Поделиться ссылкой",
    shared: "Ссылка скопирована: по ней картинку увидит каждый",
    sharedAt: "По этой ссылке картинку видит каждый:",
    unshare: "Закрыть ссылку",
    unshared: "Ссылка больше не работает",
    discard: "Больше не показывать",
    discarded: "Эта картинка больше не покажется",
    report: "Пожаловаться",
    reportHeading: "Что не так с картинкой?",
    reportText: "Её сразу уберут у всех, а жалобу увидят те, кто следит за службой.",
    reason: "В одном-двух предложениях",
    reported: "Спасибо: картинка убрана",
  },
  wishes: {
    heading: "Картинки для этой книги",
    best: "Нарисовать лучшие места",
    count: "Сколько картинок",
    ordered: (ready: number, drawing: number) =>
      drawing === 0
        ? "Все эти картинки уже есть."
        : `Рисуем: ${drawing}. Уже готово: ${ready}. Картинки появятся здесь сами.`,
    online: "Рисовать и сетевыми службами",
    onlineHint:
      "Слова описаний этой книги уйдут к службам, которые настроил владелец. Без этого рисует только сам сервер.",
    style: "Манера для этой книги",
    styleOfServer: "Как обычно",
  },
  shelf: {
    title: "Все картинки",
    lead: "Картинки всех книг с вашей полки, новые сначала.",
    search: "Книга или автор",
    style: "Манера",
    anyStyle: "Любая манера",
    kind: "О чём",
    anyKind: "О чём угодно",
    count: (n: number) =>
      counted(n, { one: "картинка", few: "картинки", many: "картинок", other: "картинки" }),
    hidden: (n: number) =>
      `Впереди в ваших книгах: ${counted(n, { one: "картинка", few: "картинки", many: "картинок", other: "картинки" })}.`,
    nothing: "Таких картинок нет. Снимите отбор или откройте книгу и нажмите на отмеченное описание.",
    more: "Показать ещё",
  },
  gallery: {
    title: (book: string) => `Картинки · ${book}`,
    heading: "Картинки",
    soFar: "До места, где вы читаете",
    showAll: "Показать и то, что впереди",
    hideAhead: "Спрятать то, что впереди",
    emptyHeading: "Картинок пока нет",
    empty: "Откройте книгу и нажмите на отмеченное описание: картинка появится и здесь.",
    emptySoFar: "До вашего места картинок ещё нет. Впереди они есть, но это может раскрыть сюжет.",
    open: (alt: string) => `Открыть: ${alt}`,
  },
};

export type PictureWords = typeof ru;
