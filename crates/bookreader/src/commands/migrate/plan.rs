//! What is pending, as it would be executed.

use library::MigrationStatus;
use operations::migrations::Kind;

pub(super) fn print(status: &[MigrationStatus], is_postgres: bool) {
    let [sqlite, postgres] = library::embedded_scripts();
    let scripts = if is_postgres { postgres } else { sqlite };
    let mut pending = 0;
    for script in scripts {
        let is_pending = |one: &MigrationStatus| one.version == script.version && one.applied_at.is_none();
        if !status.iter().any(is_pending) {
            continue;
        }
        pending += 1;
        let kind = match Kind::of(&script.sql) {
            Kind::Expand => "expand",
            Kind::Contract => "contract",
        };
        println!(
            "-- {} {} ({kind})\n{}\n",
            script.version,
            script.description,
            script.sql.trim()
        );
    }
    if pending == 0 {
        println!("-- nothing is pending");
    }
}
