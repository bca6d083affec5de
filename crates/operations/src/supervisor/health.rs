//! Is the new version well enough to stay?

use std::collections::VecDeque;
use std::time::Duration;

use crate::generation::Counts;

/// The stretch over which errors are counted.
const WINDOW: Duration = Duration::from_secs(30);
/// More than this share of answers in error takes a version back.
const MOST_ERRORS_PERCENT: u64 = 5;
/// Fewer answers say nothing about a share so small.
const FEWEST_REQUESTS: u64 = 100;
/// Half of so many answers in error needs no longer look.
const FEWEST_REQUESTS_OF_A_DISASTER: u64 = 20;
/// Looks in a row at which it may be unready.
const MOST_UNREADY: u32 = 5;

/// What was seen of a version so far.
#[derive(Debug, Default)]
pub(super) struct Health {
    seen: VecDeque<(Duration, Counts)>,
    unready: u32,
}

impl Health {
    /// One more look, `at` so long after the first; gives the reason to take the version back.
    pub(super) fn look(&mut self, at: Duration, counts: Option<Counts>, is_ready: bool) -> Option<String> {
        self.unready = if is_ready { 0 } else { self.unready + 1 };
        if self.unready >= MOST_UNREADY {
            return Some(format!("it was not ready {} times in a row", self.unready));
        }
        let counts = counts?;
        self.seen.push_back((at, counts));
        while self.seen.front().is_some_and(|(then, _)| *then + WINDOW < at) {
            self.seen.pop_front();
        }
        let (since, first) = self.seen.front()?;
        let Counts {
            requests,
            server_errors,
        } = counts.since(*first);
        let too_many = requests >= FEWEST_REQUESTS && server_errors * 100 > requests * MOST_ERRORS_PERCENT;
        let disaster = requests >= FEWEST_REQUESTS_OF_A_DISASTER && server_errors * 2 >= requests;
        (too_many || disaster).then(|| {
            format!(
                "{server_errors} of {requests} answers within {:.1} s were server errors",
                (at - *since).as_secs_f64()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks every second at a version of which `errors` in a thousand of 50 requests a second fail; when it is taken back.
    fn taken_back_after(errors_in_a_thousand: u64) -> Option<u64> {
        let mut health = Health::default();
        (0..600).find(|second| {
            let requests = second * 50;
            let counts = Counts {
                requests,
                server_errors: requests * errors_in_a_thousand / 1000,
            };
            health
                .look(Duration::from_secs(*second), Some(counts), true)
                .is_some()
        })
    }

    #[test]
    fn above_five_percent_it_goes_and_up_to_five_it_stays() {
        assert!(taken_back_after(60).unwrap() <= 30);
        assert!(taken_back_after(1000).unwrap() <= 5);
        assert_eq!(taken_back_after(50), None);
        assert_eq!(taken_back_after(40), None);
    }

    #[test]
    fn a_few_requests_are_no_evidence() {
        let mut health = Health::default();
        let counts = |requests, server_errors| {
            Some(Counts {
                requests,
                server_errors,
            })
        };
        assert_eq!(health.look(Duration::ZERO, counts(0, 0), true), None);
        assert_eq!(health.look(Duration::from_secs(1), counts(19, 19), true), None);
        assert!(
            health
                .look(Duration::from_secs(2), counts(20, 20), true)
                .is_some()
        );
    }

    #[test]
    fn errors_that_are_long_past_do_not_count() {
        let mut health = Health::default();
        let mut last = None;
        for second in 0..200 {
            // All of the first second's requests failed, which were too few to judge by; none has since.
            let requests = if second == 0 { 0 } else { 10 + second };
            let counts = Counts {
                requests,
                server_errors: requests.min(9),
            };
            last = health.look(Duration::from_secs(second), Some(counts), true);
        }
        assert_eq!(last, None);
    }

    #[test]
    fn a_version_that_stays_unready_goes_and_one_that_stumbles_stays() {
        let mut health = Health::default();
        for second in 0..20 {
            assert_eq!(
                health.look(Duration::from_secs(second), None, second % 5 == 0),
                None
            );
        }
        let reasons = (20..25).filter_map(|second| health.look(Duration::from_secs(second), None, false));
        assert!(reasons.count() > 0);
    }
}
