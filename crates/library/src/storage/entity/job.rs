//! Table `jobs`: the lease queue.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub dedup_key: String,
    pub payload: Json,
    pub user_id: Option<Uuid>,
    pub publication_id: Option<Uuid>,
    pub state: String,
    pub priority: i64,
    pub run_at: DateTimeUtc,
    pub failures: i64,
    pub abandonments: i64,
    pub lease_owner: Option<Uuid>,
    pub lease_number: i64,
    pub lease_until: Option<DateTimeUtc>,
    pub cancel_asked: bool,
    pub progress: f64,
    pub stage: Option<String>,
    pub error_code: Option<String>,
    pub error_detail: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
