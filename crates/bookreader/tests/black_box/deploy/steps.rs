//! Whatever is killed, and at whichever step: the service is wholly the old version or wholly the new one.

use operations::supervisor::Step;

use crate::fixture::binary;
use crate::fixture::load::Load;
use crate::fixture::supervised::Supervised;

const NEW: &str = env!("CARGO_BIN_EXE_bookreader");

/// The step after which a restart finds the new version, not the old one.
fn is_decided(step: Step) -> bool {
    matches!(step, Step::Committed | Step::OldClosed | Step::BakePassed)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_killed_at_any_step_of_a_deployment_leaves_one_whole_version() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Supervised::start(&folder.path().join("data"), &["--no-workers"]).await;
    let load = Load::start(&service.address(), 4, &["/health"]);
    for step in Step::OF_A_DEPLOYMENT {
        let before = generation(&service);
        service.kill_supervisor();
        service.supervise(&["--die-at", step.name()]).await;
        let output = service.run(&["deploy", NEW, "--bake", "0"]).await;
        assert_eq!(output.status.code(), Some(1), "{}", binary::said(&output));
        service.until_supervisor_died().await;
        service.until_healthy().await;

        service.supervise(&[]).await;
        let after = generation(&service);
        assert_eq!(
            after != before,
            is_decided(step),
            "{}: {before}, then {after}",
            step.name()
        );
        assert_one_is_open(&service, step);
        let next = service.run(&["deploy", NEW, "--bake", "0"]).await;
        assert!(
            next.status.success(),
            "after {}: {}\n{}",
            step.name(),
            binary::said(&next),
            service.log()
        );
    }
    let (answers, failures) = load.end().await;
    assert!(answers > 0);
    assert!(failures.is_empty(), "{failures:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_killed_at_any_step_of_a_rollback_leaves_one_whole_version() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Supervised::start(&folder.path().join("data"), &["--no-workers"]).await;
    for step in Step::OF_A_ROLLBACK {
        let old = generation(&service);
        let deployed = service.run(&["deploy", NEW, "--bake", "0"]).await;
        assert!(deployed.status.success(), "{}", binary::said(&deployed));
        let new = generation(&service);
        service.kill_supervisor();
        service.supervise(&["--die-at", step.name()]).await;
        let output = service.run(&["rollback"]).await;
        assert_eq!(output.status.code(), Some(1), "{}", binary::said(&output));
        service.until_supervisor_died().await;

        service.supervise(&[]).await;
        let decided = matches!(step, Step::RolledBack | Step::AbandonedClosed);
        assert_eq!(
            generation(&service),
            if decided { old } else { new },
            "{}",
            step.name()
        );
        assert_one_is_open(&service, step);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_ordered_a_deployment_may_die_and_it_ends_in_order() {
    use std::io::BufRead as _;
    let folder = tempfile::tempdir().unwrap();
    let service = Supervised::start(&folder.path().join("data"), &["--no-workers"]).await;
    for step in [Step::Recorded, Step::Started, Step::Ready, Step::Committed] {
        let mut order = service
            .command(&["deploy", NEW, "--bake", "1"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let told = std::io::BufReader::new(order.stdout.take().unwrap());
        let reached = told.lines().any(|line| line.unwrap().ends_with(step.name()));
        assert!(reached, "{}", service.log());
        order.kill().unwrap();
        order.wait().unwrap();
        while service.overview().unwrap()["lock"] != serde_json::Value::Null {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(service.serving().is_some());
        assert_one_is_open(&service, step);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_the_supervisor_and_every_generation() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = Supervised::start(&folder.path().join("data"), &["--no-workers"]).await;
    assert!(
        service
            .run(&["deploy", NEW, "--bake", "0"])
            .await
            .status
            .success()
    );
    assert_eq!(service.generations().len(), 2);
    service.terminate_supervisor().await;
    assert_eq!(service.generations(), Vec::<u32>::new());
}

fn generation(service: &Supervised) -> u64 {
    let serving = service
        .serving()
        .unwrap_or_else(|| panic!("nothing serves:\n{}", service.log()));
    serving["generation"].as_u64().unwrap()
}

fn assert_one_is_open(service: &Supervised, step: Step) {
    let overview = service.overview().unwrap();
    let open: Vec<_> = overview["processes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|process| process["live"]["open"] == true)
        .collect();
    assert_eq!(open.len(), 1, "{}: {overview:#}", step.name());
}
