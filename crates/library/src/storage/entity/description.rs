//! Table `descriptions`: passages worth a picture.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "descriptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub publication_id: Uuid,
    pub chapter: i64,
    pub start_offset: i64,
    pub end_offset: i64,
    pub kind: String,
    pub score: f64,
    pub passage: String,
    pub prompt: String,
    pub negative: String,
    pub seed: i64,
    pub concepts: Json,
    pub characters: Json,
    pub places: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
