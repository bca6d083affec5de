import { plurals } from "../plural.ts";

const counted = plurals("ru");
const day = new Intl.DateTimeFormat("ru", { dateStyle: "long" });
const moment = new Intl.DateTimeFormat("ru", { dateStyle: "long", timeStyle: "short" });
const number = new Intl.NumberFormat("ru", { maximumFractionDigits: 1 });

/** The words of the account page. Space is counted in megabytes. */
export const ru = {
  title: "Учётная запись",
  profile: "Профиль",
  name: "Имя",
  email: "Почта",
  save: "Сохранить",
  saved: "Сохранено",
  since: (date: Date) => `Читаете здесь с ${day.format(date)}`,
  confirmed: "Адрес подтверждён",
  unconfirmed: "Адрес ещё не подтверждён: откройте ссылку из нашего письма.",
  writeAgain: "Прислать письмо ещё раз",
  written: "Письмо отправлено. Если его нет, загляните в спам.",
  changeEmail: "Сменить адрес",
  newEmail: "Новая почта",
  newEmailHint: "Адрес сменится, когда вы откроете ссылку из письма.",
  currentPassword: "Нынешний пароль",
  emailWritten: (email: string) => `Мы написали на ${email}. Откройте ссылку из письма, и адрес сменится.`,
  changePassword: "Сменить пароль",
  newPassword: "Новый пароль",
  passwordHint: "Остальные устройства выйдут из учётной записи.",
  passwordChanged: "Пароль сменён, остальные устройства вышли",
  wrongPassword: "Это не ваш нынешний пароль.",
  plan: "План",
  plans: { free: "Бесплатный", premium: "Премиум", ultimate: "Полный" },
  planUntil: (date: Date) => `до ${day.format(date)}`,
  aboveLimit: "Занято больше, чем даёт план: новое не добавится, пока место не освободится.",
  books: "Книги на полке",
  storage: "Место, МБ",
  picturesToday: "Картинки сегодня",
  picturesThisMonth: "Картинки за месяц",
  used: (used: number, allowed: number) => `${number.format(used)} из ${number.format(allowed)}`,
  devices: "Где вы вошли",
  here: "Это устройство",
  signedInAt: (date: Date) => `Вход ${moment.format(date)}`,
  endOne: "Завершить",
  endOneOf: (device: string) => `Завершить вход: ${device}`,
  endOthers: "Завершить все остальные",
  ended: "Вход завершён",
  othersEnded: "Остальные входы завершены",
  device: "Это устройство",
  deviceHint: "Так оно называется там, где вы читаете ту же книгу.",
  keptBooks: (n: number, megabytes: number) =>
    `Без сети: ${counted(n, { one: "книга", few: "книги", many: "книг", other: "книги" })}. Занято ${number.format(megabytes)} МБ; при выходе это место освободится.`,
  language: "Язык",
  look: "Тема",
  data: "Ваши данные",
  dataLead: "Профиль, план, входы, книги, места, закладки, выделения и заметки одним файлом JSON.",
  dataSave: "Скачать мои данные",
  dataGathering: (share: number) =>
    `Собираем: ${new Intl.NumberFormat("ru", { style: "percent", maximumFractionDigits: 0 }).format(share)}`,
  signOut: "Выйти",
  remove: "Удалить учётную запись",
  removeHeading: "Удалить учётную запись навсегда?",
  removeText: "Исчезнут ваши книги, места в них и сама учётная запись. Вернуть их нельзя.",
  removeConfirm: "Удалить навсегда",
  administration: "Управление службой",
};

export type AccountWords = typeof ru;
