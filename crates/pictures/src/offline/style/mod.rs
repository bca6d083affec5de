//! Manners of drawing: each turns the same [`super::sheet::Sheet`] into marks or washes.

pub(crate) mod carve;
pub(crate) mod contour;
pub(crate) mod hatch;
pub(crate) mod ink;
pub(crate) mod mark;
pub(crate) mod paper;
pub(crate) mod view;
pub(crate) mod watercolour;
pub(crate) mod woodcut;
