/** The words of the ways in: signing in and signing up. */
export const ru = {
  signIn: {
    title: "Вход",
    heading: "С возвращением",
    email: "Электронная почта",
    password: "Пароль",
    submit: "Войти",
    forgotten: "Забыли пароль?",
    noAccount: "Ещё не читаете здесь?",
    toSignUp: "Завести учётную запись",
    browse: "Посмотреть каталог без входа",
    sampleBefore: "Дорога шла лесом. ",
    sampleMark: "Над чёрными елями висела низкая луна, и снег под ней светился голубым, будто изнутри.",
    sampleAfter: " Ямщик молчал и только изредка оглядывался.",
    sampleCaption: "Нажмите на отмеченное описание, и книга покажет его.",
  },
  signUp: {
    title: "Регистрация",
    heading: "Завести учётную запись",
    name: "Как вас называть",
    passwordHint: "Не короче 8 знаков. Длинная фраза надёжнее короткой головоломки.",
    submit: "Создать и войти",
    haveAccount: "Уже есть учётная запись?",
    toSignIn: "Войти",
  },
};

export type DoorwayWords = typeof ru;
