//! Rebuilds the crate when the web app that a release embeds has changed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build reads the app from the disk at run time, and a missing folder would mean a rebuild each time.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../web/dist");
    }
}
