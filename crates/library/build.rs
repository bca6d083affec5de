//! Migrations are embedded in the binary: a changed SQL file rebuilds the crate.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
