//! The letters' words, in Russian and English.

use crate::accounts::Language;
use crate::mail::Letter;

/// A letter before it is laid out: plain text, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    pub(super) subject: &'static str,
    pub(super) greeting: String,
    pub(super) paragraphs: Vec<String>,
    /// What the link's button says.
    pub(super) button: Option<&'static str>,
    /// What is said beneath the link.
    pub(super) afterword: &'static str,
    pub(super) signature: &'static str,
}

/// Words a letter to somebody of this name.
pub(super) fn word(letter: &Letter, language: Language, name: &str) -> Wording {
    match language {
        Language::Russian => russian(letter, name),
        Language::English => english(letter, name),
    }
}

fn russian(letter: &Letter, name: &str) -> Wording {
    let (subject, paragraphs, button, afterword) = match letter {
        Letter::ConfirmAddress {} => (
            "Подтвердите свой адрес",
            vec!["Этот адрес указали в BookReader AI. Подтвердите, что он ваш.".to_owned()],
            Some("Подтвердить адрес"),
            "Ссылка действует двое суток. Если вы ничего не указывали, просто удалите это письмо.",
        ),
        Letter::ResetPassword {} => (
            "Новый пароль",
            vec![
                "Кто-то попросил сменить пароль вашей учётной записи. Если это вы, выберите новый."
                    .to_owned(),
            ],
            Some("Выбрать новый пароль"),
            "Ссылка действует час и только один раз. Если это были не вы, ничего не делайте: прежний пароль в силе.",
        ),
        Letter::AddressChanged { new_address } => (
            "Адрес учётной записи изменён",
            vec![format!("Теперь для входа служит адрес {new_address}, а не этот.")],
            None,
            "Если это были не вы, сразу напишите администратору сервиса.",
        ),
        Letter::PasswordChanged {} => (
            "Пароль изменён",
            vec!["Пароль вашей учётной записи изменён, на других устройствах вход завершён.".to_owned()],
            None,
            "Если это были не вы, выберите новый пароль по ссылке «Забыли пароль?» на странице входа.",
        ),
    };
    Wording {
        subject,
        greeting: format!("Здравствуйте, {name}!"),
        paragraphs,
        button,
        afterword,
        signature: "BookReader AI",
    }
}

fn english(letter: &Letter, name: &str) -> Wording {
    let (subject, paragraphs, button, afterword) = match letter {
        Letter::ConfirmAddress {} => (
            "Confirm your address",
            vec!["This address was given at BookReader AI. Please confirm that it is yours.".to_owned()],
            Some("Confirm the address"),
            "The link is good for two days. If you gave no address, simply delete this letter.",
        ),
        Letter::ResetPassword {} => (
            "A new password",
            vec![
                "Somebody asked to change the password of your account. If it was you, choose a new one."
                    .to_owned(),
            ],
            Some("Choose a new password"),
            "The link is good for an hour and for one use. If it was not you, do nothing: your password stays as it is.",
        ),
        Letter::AddressChanged { new_address } => (
            "The address of your account has changed",
            vec![format!(
                "From now on you sign in with {new_address} and not with this address."
            )],
            None,
            "If it was not you, write to the administrator of the service at once.",
        ),
        Letter::PasswordChanged {} => (
            "Your password has changed",
            vec!["The password of your account was changed, and other devices were signed out.".to_owned()],
            None,
            "If it was not you, choose a new one by “Forgot your password?” on the sign-in page.",
        ),
    };
    Wording {
        subject,
        greeting: format!("Hello {name},"),
        paragraphs,
        button,
        afterword,
        signature: "BookReader AI",
    }
}
