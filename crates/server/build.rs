//! Names the folder of the built web app, and rebuilds the crate when what a release embeds of it has changed.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let root = crates
        .and_then(Path::parent)
        .expect("the crate lies two folders below the workspace");
    // Without `..`: a folder that is not there yet cannot be made canonical, and then no file would count as inside it.
    let folder = root.join("web").join("dist");
    println!("cargo::rustc-env=WEB_APP_FOLDER={}", folder.display());
    // A debug build reads the app from the disk at run time, and a missing folder would mean a rebuild each time.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
}
