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
