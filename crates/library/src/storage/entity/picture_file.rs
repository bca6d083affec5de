//! Table `picture_files`: the sizes of a picture.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "picture_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub picture_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub size: String,
    pub blob_id: Uuid,
    pub media_type: String,
    pub width: i64,
    pub height: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
