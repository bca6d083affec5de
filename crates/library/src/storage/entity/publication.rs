//! Table `publications`: what a file says.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "publications")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sha256: String,
    pub blob_id: Uuid,
    pub file_name: Option<String>,
    pub byte_length: i64,
    pub format: String,
    pub status: String,
    pub failure_code: Option<String>,
    pub failure_detail: Option<String>,
    pub revision: Option<String>,
    pub title: String,
    pub title_folded: String,
    pub authors: Json,
    pub authors_folded: String,
    pub language: String,
    pub series: Option<String>,
    pub series_position: Option<f64>,
    pub description: Option<String>,
    pub metadata: Json,
    pub contents: Json,
    pub cover_resource: Option<String>,
    pub chapter_count: i64,
    pub length: i64,
    pub start_chapter: i64,
    pub description_count: i64,
    pub picture_count: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
