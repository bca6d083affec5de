//! Table `user_plans`: plans that were given, and what was adjusted for one reader.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_plans")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub plan: Option<String>,
    pub until: Option<DateTimeUtc>,
    pub reason: Option<String>,
    pub books: Option<i64>,
    pub storage_bytes: Option<i64>,
    pub pictures_per_day: Option<i64>,
    pub pictures_per_month: Option<i64>,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
