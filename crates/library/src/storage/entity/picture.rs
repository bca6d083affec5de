//! Table `pictures`: pictures of descriptions.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pictures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub description_id: Uuid,
    pub publication_id: Uuid,
    pub style: String,
    pub words: String,
    pub online: bool,
    pub seed: i64,
    pub provider: String,
    pub user_id: Option<Uuid>,
    pub width: i64,
    pub height: i64,
    pub placeholder: String,
    pub alt: String,
    pub alt_folded: String,
    pub created_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
