//! What goes over the wire: JSON bodies of requests and answers, made from the library's types.

mod admin;
mod annotation;
mod book;
mod chapter;
mod character;
mod description;
mod job;
mod page;
mod picture;
mod picture_wish;
mod plan;
mod position;
mod service;
mod session;
mod user;

pub(crate) use admin::{
    Account, AccountQuery, AuditEntry, LogQuery, Mail, NewPlan, NewRole, NewSuspension, WorkQuery, WorkState,
};
pub(crate) use annotation::{Annotation, Annotations, NewAnnotation};
pub(crate) use book::{AddedBook, Book, BookQuery, CatalogueQuery};
pub(crate) use chapter::{Chapter, Chapters};
pub(crate) use character::{CharacterQuery, Characters};
pub(crate) use description::{Description, DescriptionQuery};
pub(crate) use job::{BookProgress, Job, Started};
pub(crate) use page::Page;
pub(crate) use picture::{GalleryQuery, Picture, PictureOptions, PictureQuery, ReadyPicture};
pub(crate) use picture_wish::{
    BestPictures, HangingPicture, OrderedPictures, PictureReport, PictureSettings, PictureSpending,
    PictureVariants, SharedPicture, ShelfGalleryQuery,
};
pub(crate) use plan::{Plan, Standing};
pub(crate) use position::{NewPosition, Position};
pub(crate) use service::{Checks, Health, Readiness};
pub(crate) use session::{Credentials, OptionalRefreshToken, Session, SignIn};
pub(crate) use user::{
    AddressChange, AddressProof, ForgottenPassword, PasswordChange, PasswordReset, Registration, User,
    UserChange,
};
