//! Things that can be drawn, one kind a file. Each adds shapes to a sheet and knows nothing of styles.

pub(crate) mod animal;
pub(crate) mod church;
pub(crate) mod figure;
pub(crate) mod furniture;
pub(crate) mod ground;
pub(crate) mod horse;
pub(crate) mod house;
pub(crate) mod mountain;
pub(crate) mod portrait;
pub(crate) mod ship;
pub(crate) mod sky;
pub(crate) mod still_life;
pub(crate) mod tree;
pub(crate) mod vehicle;
pub(crate) mod water;
pub(crate) mod weather;
