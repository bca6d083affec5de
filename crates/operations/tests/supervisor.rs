//! The supervisor with releases that are well and unwell: who serves in the end, and what was told on the way.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use library::clock::Clock;
use operations::maintenance::Flag;
use operations::supervisor::{
    self, DeployOrder, Ending, Event, Folders, Options, Orders, Overview, Process, Role, RollbackOrder, Step,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

struct Lab {
    folder: tempfile::TempDir,
    address: SocketAddr,
    orders: Orders,
    shutdown: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Lab {
    /// A supervisor whose first release is well.
    async fn start() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let address = free_address();
        let shutdown = CancellationToken::new();
        let task = supervise(folder.path(), address, shutdown.clone());
        let orders = Orders::new(&Folders::of(folder.path()).control()).unwrap();
        let lab = Self {
            folder,
            address,
            orders,
            shutdown,
            task,
        };
        lab.until(|overview| serving(overview).live.is_some()).await;
        lab
    }

    async fn until(&self, wanted: impl Fn(&Overview) -> bool) -> Overview {
        for _ in 0..2_000 {
            if let Ok(overview) = self.orders.overview().await
                && wanted(&overview)
            {
                return overview;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it never became so: {:?}", self.orders.overview().await);
    }

    async fn deploy(&self, illness: &str, bake_seconds: u32) -> (Ending, String, Vec<Step>) {
        let order = DeployOrder {
            source: release(self.folder.path(), illness),
            bake_seconds,
            ready_seconds: 2,
            holder: "the test".to_owned(),
        };
        let mut steps = Vec::new();
        let told = self.orders.deploy(&order, |event| {
            if let Event::Step { step, .. } = event {
                steps.push(step);
            }
        });
        let (ending, text) = told.await.unwrap();
        (ending, text, steps)
    }

    async fn roll_back(&self) -> (Ending, String) {
        let order = RollbackOrder {
            reason: "the test wants it".to_owned(),
            holder: "the test".to_owned(),
        };
        self.orders.roll_back(&order, |_| {}).await.unwrap()
    }

    async fn generation(&self) -> u64 {
        serving(&self.orders.overview().await.unwrap()).generation
    }

    async fn stop(self) {
        self.shutdown.cancel();
        self.task.await.unwrap().unwrap();
    }
}

fn supervise(
    folder: &Path,
    listen: SocketAddr,
    shutdown: CancellationToken,
) -> JoinHandle<anyhow::Result<()>> {
    let options = Options {
        folders: Folders::of(folder),
        listen,
        program: release(folder, "none"),
        arguments: vec!["--data-dir".into(), folder.into()],
        patience: Duration::from_secs(5),
        clock: Clock::system(),
        maintenance: Flag::at(&folder.join("maintenance")),
        die_at: None,
    };
    tokio::spawn(supervisor::run(options, shutdown))
}

fn serving(overview: &Overview) -> &Process {
    let mut processes = overview.processes.iter();
    processes.find(|process| process.role == Role::Serving).unwrap()
}

/// A program that starts the example with that illness.
fn release(folder: &Path, illness: &str) -> PathBuf {
    let example = std::env::current_exe()
        .unwrap()
        .ancestors()
        .nth(2)
        .unwrap()
        .join("examples/unwell");
    assert!(example.is_file(), "{} is built with the tests", example.display());
    let script = folder.join(format!("unwell-{illness}"));
    let text = format!("#!/bin/sh\nUNWELL={illness} exec {} \"$@\"\n", example.display());
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    script
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

/// Requests without a pause until dropped; counts answers and connections that failed.
struct Load {
    stop: Arc<AtomicBool>,
    answers: Arc<AtomicU64>,
    failures: Arc<AtomicU64>,
    clients: Vec<JoinHandle<()>>,
}

impl Load {
    fn on(address: SocketAddr) -> Self {
        let (stop, answers, failures) = (Arc::<AtomicBool>::default(), Arc::default(), Arc::default());
        let clients = (0..4)
            .map(|_| {
                let (stop, answers, failures): (_, Arc<AtomicU64>, Arc<AtomicU64>) =
                    (Arc::clone(&stop), Arc::clone(&answers), Arc::clone(&failures));
                let client = reqwest::Client::builder().build().unwrap();
                tokio::spawn(async move {
                    while !stop.load(Ordering::Relaxed) {
                        match client.get(format!("http://{address}/work")).send().await {
                            Ok(_) => answers.fetch_add(1, Ordering::Relaxed),
                            Err(_) => failures.fetch_add(1, Ordering::Relaxed),
                        };
                        tokio::time::sleep(Duration::from_millis(2)).await;
                    }
                })
            })
            .collect();
        Self {
            stop,
            answers,
            failures,
            clients,
        }
    }

    /// Stops; gives answers and failures.
    async fn end(self) -> (u64, u64) {
        self.stop.store(true, Ordering::Relaxed);
        for client in self.clients {
            client.await.unwrap();
        }
        (
            self.answers.load(Ordering::Relaxed),
            self.failures.load(Ordering::Relaxed),
        )
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_well_takes_the_place_and_the_old_one_stays_warm() {
    let lab = Lab::start().await;
    let load = Load::on(lab.address);
    let (ending, text, steps) = lab.deploy("well", 1).await;
    assert_eq!(ending, Ending::Done, "{text}");
    assert_eq!(steps, Step::OF_A_DEPLOYMENT);
    let overview = lab.orders.overview().await.unwrap();
    assert_eq!(serving(&overview).generation, 2);
    let warm = &overview.processes[1];
    assert_eq!((warm.role, warm.generation), (Role::Previous, 1));
    assert!(!warm.live.as_ref().unwrap().open);

    assert_eq!(lab.roll_back().await.0, Ending::Done);
    assert_eq!(lab.generation().await, 1);
    let (answers, failures) = load.end().await;
    assert!(answers > 100 && failures == 0, "{failures} of {answers} failed");
    assert_eq!(
        lab.roll_back().await.0,
        Ending::Refused,
        "there is nothing before the first"
    );
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_never_gets_ready_never_gets_a_request() {
    let lab = Lab::start().await;
    let load = Load::on(lab.address);
    let (ending, text, steps) = lab.deploy("unready", 1).await;
    assert_eq!(ending, Ending::Refused);
    assert!(text.contains("the database is away"), "{text}");
    assert!(!steps.contains(&Step::Open));
    assert_eq!(lab.generation().await, 1);
    assert_eq!(load.end().await.1, 0);
    lab.until(|overview| overview.processes.len() == 1 && overview.lock.is_none())
        .await;
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_cannot_run_changes_nothing() {
    let lab = Lab::start().await;
    let broken = lab.folder.path().join("broken");
    std::fs::write(&broken, "#!/bin/sh\necho 'no such library' >&2\nexit 3\n").unwrap();
    let order = DeployOrder {
        source: broken,
        bake_seconds: 1,
        ready_seconds: 5,
        holder: "the test".to_owned(),
    };
    let (ending, text) = lab.orders.deploy(&order, |_| {}).await.unwrap();
    assert_eq!(ending, Ending::Refused);
    assert!(text.contains("no such library"), "{text}");
    assert_eq!(lab.generation().await, 1);
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn six_percent_of_errors_take_a_version_back_and_four_do_not() {
    let lab = Lab::start().await;
    let load = Load::on(lab.address);
    let (ending, text, _) = lab.deploy("errors=6", 60).await;
    assert_eq!(ending, Ending::TakenBack, "{text}");
    assert!(text.contains("were server errors"), "{text}");
    assert_eq!(lab.generation().await, 1);
    let (ending, text, _) = lab.deploy("errors=4", 3).await;
    assert_eq!(ending, Ending::Done, "{text}");
    assert_eq!(lab.generation().await, 3);
    assert_eq!(load.end().await.1, 0, "no connection failed meanwhile");
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_dies_in_the_bake_is_taken_back() {
    let lab = Lab::start().await;
    let (ending, text, _) = lab.deploy("dies=300", 60).await;
    assert_eq!(ending, Ending::TakenBack, "{text}");
    assert!(text.contains("its process ended"), "{text}");
    assert_eq!(lab.generation().await, 1);
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serving_version_that_is_killed_comes_back() {
    let lab = Lab::start().await;
    let pid = serving(&lab.orders.overview().await.unwrap())
        .live
        .as_ref()
        .unwrap()
        .pid;
    kill(pid);
    let overview = lab
        .until(|overview| {
            let live = serving(overview).live.as_ref();
            live.is_some_and(|live| live.pid != pid && live.open)
        })
        .await;
    assert_eq!(serving(&overview).generation, 2);
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_to_a_version_whose_process_died_starts_it_again() {
    let lab = Lab::start().await;
    assert_eq!(lab.deploy("well", 0).await.0, Ending::Done);
    let overview = lab.orders.overview().await.unwrap();
    kill(overview.processes[1].live.as_ref().unwrap().pid);
    lab.until(|overview| overview.processes[1].live.is_none()).await;
    let first = overview.processes[1].release.clone();
    assert_eq!(lab.roll_back().await.0, Ending::Done);
    let overview = lab.orders.overview().await.unwrap();
    assert_eq!(serving(&overview).release, first);
    assert_eq!(serving(&overview).generation, 3);
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cannot_deploy_at_once_and_a_rollback_ends_a_bake() {
    let lab = Lab::start().await;
    let second = async {
        lab.until(|overview| overview.bake_until.is_some()).await;
        let refused = lab.deploy("well", 0).await;
        assert_eq!(refused.0, Ending::Refused);
        assert!(refused.1.contains("is changing versions"), "{}", refused.1);
        lab.roll_back().await
    };
    let (first, rollback) = tokio::join!(lab.deploy("well", 60), second);
    assert_eq!((first.0, rollback.0), (Ending::TakenBack, Ending::Done));
    assert_eq!(lab.generation().await, 1);
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_stop_is_killed_when_the_supervisor_ends() {
    let lab = Lab::start().await;
    assert_eq!(lab.deploy("deaf", 0).await.0, Ending::Done);
    let overview = lab.orders.overview().await.unwrap();
    let pid = serving(&overview).live.as_ref().unwrap().pid;
    lab.stop().await;
    assert!(!Path::new(&format!("/proc/{pid}")).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_maintenance_page_goes_when_its_time_is_over() {
    let lab = Lab::start().await;
    let flag = Flag::at(&lab.folder.path().join("maintenance"));
    flag.raise(Clock::system().now()).unwrap();
    while flag.until().unwrap().is_some() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    lab.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_supervisor_is_refused() {
    let lab = Lab::start().await;
    let refusal = supervise(lab.folder.path(), free_address(), CancellationToken::new())
        .await
        .unwrap()
        .unwrap_err();
    assert!(
        format!("{refusal:#}").contains("another `bookreader up`"),
        "{refusal:#}"
    );
    lab.stop().await;
}

fn kill(pid: u32) {
    let killed = std::process::Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status();
    assert!(killed.unwrap().success());
}
