//! Rows as they lie in the tables; nothing outside this crate sees them.
#![expect(
    unreachable_pub,
    reason = "the entity macros demand public items, which end at this module"
)]

pub mod address_proof;
pub mod annotation;
pub mod audit_entry;
pub mod audit_head;
pub mod blob;
pub mod book;
pub mod chapter;
pub mod character;
pub mod description;
pub mod export;
pub mod job;
pub mod job_pause;
pub mod job_turn;
pub mod mail;
pub mod picture;
pub mod picture_charge;
pub mod picture_choice;
pub mod picture_file;
pub mod picture_report;
pub mod picture_setting;
pub mod picture_share;
pub mod picture_spending;
pub mod position;
pub mod position_history;
pub mod publication;
pub mod refresh_token;
pub mod resource;
pub mod session_family;
pub mod usage_day;
pub mod user;
pub mod user_plan;
