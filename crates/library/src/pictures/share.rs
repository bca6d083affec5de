//! Addresses under which a reader shows a picture to people without an account, until they take them back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
};
use sha2::{Digest, Sha256};

use crate::books::Blob;
use crate::ids::{PictureId, UserId};
use crate::pictures::{PictureSize, image, variants};
use crate::storage::entity::picture_share;
use crate::{Library, LookupError, Viewer};

/// Makes the one address under which this reader shows a picture; an earlier one stops working.
///
/// # Errors
/// [`LookupError::NotFound`] when the reader may not see the picture.
pub async fn share(library: &Library, user: UserId, id: PictureId) -> Result<String, LookupError> {
    variants::shown(library, Viewer::User(user), id).await?;
    let token = URL_SAFE_NO_PAD.encode(library.randomness().bytes::<32>());
    let row = picture_share::ActiveModel {
        token_hash: Set(hash(&token)),
        user_id: Set(user.0),
        picture_id: Set(id.0),
        created_at: Set(library.now()),
    };
    let transaction = library.db().write().await?;
    forget(&transaction, user, id).await?;
    row.insert(&transaction).await?;
    transaction.commit().await?;
    Ok(token)
}

/// Takes the address back.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none.
pub async fn unshare(library: &Library, user: UserId, id: PictureId) -> Result<(), LookupError> {
    let transaction = library.db().write().await?;
    if forget(&transaction, user, id).await? == 0 {
        return Err(LookupError::NotFound);
    }
    Ok(transaction.commit().await?)
}

/// The picture behind an address, for as long as the reader who made it may see it themselves.
///
/// # Errors
/// [`LookupError::NotFound`] when there is none.
pub async fn shared(library: &Library, token: &str, wanted: PictureSize) -> Result<Blob, LookupError> {
    let row = picture_share::Entity::find_by_id(hash(token))
        .one(library.db().read())
        .await?
        .ok_or(LookupError::NotFound)?;
    let viewer = Viewer::User(UserId(row.user_id));
    image(library, viewer, PictureId(row.picture_id), wanted).await
}

async fn forget(transaction: &impl ConnectionTrait, user: UserId, id: PictureId) -> Result<u64, DbErr> {
    let removed = picture_share::Entity::delete_many()
        .filter(picture_share::Column::UserId.eq(user.0))
        .filter(picture_share::Column::PictureId.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(removed.rows_affected)
}

/// A token has 256 random bits: a plain hash is enough.
fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
