//! Analysers of language that are asked beside the built-in one: which are set, how they are reached, who is chosen.

mod choice;
mod service;
mod settings;

pub(crate) use choice::EngineChoice;
pub(crate) use settings::{EngineSettings, LanguageEngines};
