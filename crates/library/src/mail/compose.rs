//! From a row to a message that can be handed over: looks for the account, makes the proof, words and lays out.

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::Library;
use crate::accounts::{Language, Purpose, fold_email, issue_proof};
use crate::mail::{Letter, layout, words};
use crate::storage::StorageError;
use crate::storage::entity::{mail, user};

/// What became of the attempt to write a letter.
pub(crate) enum Composed {
    /// Ready to be handed over.
    Message(Box<Message>),
    /// There is nobody to write to, or nothing to write about any more.
    Nobody,
    /// The address cannot be written to.
    Unaddressable(String),
}

/// Writes the letter of a row.
pub(crate) async fn compose(library: &Library, row: &mail::Model) -> Result<Composed, StorageError> {
    let letter: Letter = serde_json::from_value(row.letter.clone())?;
    let Some(reader) = addressee(library, row, &letter).await? else {
        return Ok(Composed::Nobody);
    };
    let language = Language::from_name(match row.user_id {
        Some(_) => &row.language,
        None => &reader.language,
    })?;
    // What a stranger typed may only look like the account's address (a Kelvin sign for a K): the stored one is written to.
    let address = match row.user_id {
        Some(_) => &row.recipient,
        None => &reader.email,
    };
    let link = match letter.proof() {
        Some(purpose) => Some(link(library, purpose, &reader, address).await?),
        None => None,
    };
    let wording = words::word(&letter, language, &reader.full_name);
    let (text, html) = (
        layout::text(&wording, link.as_deref()),
        layout::html(&wording, language, link.as_deref()),
    );
    message(library, row, address, wording.subject, text, html)
}

/// The account that a letter is for: as the row says, or the one that has the address. An address that somebody else has
/// is not to be confirmed by another account.
async fn addressee(
    library: &Library,
    row: &mail::Model,
    letter: &Letter,
) -> Result<Option<user::Model>, StorageError> {
    let holder = user::Entity::find()
        .filter(user::Column::EmailFolded.eq(fold_email(&row.recipient)))
        .one(library.db().read())
        .await?;
    let Some(id) = row.user_id else {
        return Ok(holder.filter(|reader| !reader.synthetic));
    };
    if letter.proof() == Some(Purpose::Address) && holder.is_some_and(|holder| holder.id != id) {
        return Ok(None);
    }
    Ok(user::Entity::find_by_id(id).one(library.db().read()).await?)
}

/// The token is in the fragment, which browsers send to no server: it stands in no log.
async fn link(
    library: &Library,
    purpose: Purpose,
    reader: &user::Model,
    address: &str,
) -> Result<String, StorageError> {
    let token = issue_proof(library, purpose, reader.id, address).await?;
    let page = match purpose {
        Purpose::Address => "confirm-email",
        Purpose::Password => "reset-password",
    };
    let home = library.config().public_url.trim_end_matches('/');
    Ok(format!("{home}/{page}#{token}"))
}

fn message(
    library: &Library,
    row: &mail::Model,
    address: &str,
    subject: &str,
    text: String,
    html: String,
) -> Result<Composed, StorageError> {
    let recipient = match address.parse() {
        Ok(address) => Mailbox::new(None, address),
        Err(error) => {
            return Ok(Composed::Unaddressable(format!(
                "the address cannot be written to: {error}"
            )));
        }
    };
    let sender = library.sender().clone();
    let domain = sender.email.domain().to_owned();
    // The same id at every attempt: a letter that arrives twice is seen to be one.
    let written = Message::builder()
        .from(sender)
        .to(recipient)
        .subject(subject)
        .date(row.created_at.into())
        .message_id(Some(format!("<{}@{domain}>", row.id)))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(MultiPart::alternative_plain_html(text, html));
    match written {
        Ok(message) => Ok(Composed::Message(Box::new(message))),
        Err(error) => Err(StorageError::Damaged(format!(
            "a letter cannot be written: {error}"
        ))),
    }
}
