//! How much one network address may ask for. Counted in this process alone: several instances allow as many times as much.

use crate::kit::config;
use crate::kit::http::client;
use governor::DefaultKeyedRateLimiter;
use governor::Quota;
use governor::RateLimiter;
use governor::clock::Clock;
use governor::clock::DefaultClock;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

/// After so many requests, addresses that have been quiet are forgotten.
const HOUSEKEEPING: u32 = 10_000;

/// Counts requests by where they come from. A limit slows down; it locks nobody out.
pub struct Limits {
    requests: Option<DefaultKeyedRateLimiter<IpAddr>>,
    sign_ins: Option<DefaultKeyedRateLimiter<IpAddr>>,
    counted: AtomicU32,
}

impl Limits {
    /// Limits as they are set.
    pub fn new(limits: config::Limits) -> Self {
        let quota = |rate: Option<u32>, of: fn(NonZeroU32) -> Quota, burst: u32| {
            let rate = NonZeroU32::new(rate?)?;
            let burst = NonZeroU32::new(rate.get().saturating_mul(burst))?;
            Some(RateLimiter::keyed(of(rate).allow_burst(burst)))
        };
        Self {
            requests: quota(limits.requests, Quota::per_second, 10),
            sign_ins: quota(limits.sign_ins, Quota::per_minute, 1),
            counted: AtomicU32::new(0),
        }
    }

    /// Counts one request; the seconds to wait if it is one too many.
    pub fn check(&self, address: IpAddr, is_sign_in: bool) -> Option<u64> {
        let line = client::line(address);
        if self.counted.fetch_add(1, Ordering::Relaxed) % HOUSEKEEPING == HOUSEKEEPING - 1 {
            self.requests.iter().chain(&self.sign_ins).for_each(DefaultKeyedRateLimiter::retain_recent);
        }
        let asked = self.requests.iter().chain(self.sign_ins.iter().filter(|_| is_sign_in));
        let waits = asked.filter_map(|limiter| limiter.check_key(&line).err());
        waits.map(|early| early.wait_time_from(DefaultClock::default().now()).as_secs() + 1).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_runs_out_and_others_do_not() {
        let limits = Limits::new(config::Limits { requests: Some(2), sign_ins: Some(3) });
        let address = |last: u8| IpAddr::from([203, 0, 113, last]);
        assert!((0..3).all(|_| limits.check(address(1), true).is_none()));
        let wait = limits.check(address(1), true).expect("one too many");
        assert!((1..=21).contains(&wait), "{wait} s");
        assert!(limits.check(address(1), false).is_none(), "other pages are still there");
        assert!(limits.check(address(2), true).is_none(), "and so is everything for others");
        assert!((0..30).any(|_| limits.check(address(1), false).is_some()), "until these run out too");
    }

    #[test]
    fn nothing_is_counted_where_there_is_no_limit() {
        let limits = Limits::new(config::Limits { requests: None, sign_ins: None });
        assert!((0..1000).all(|_| limits.check(IpAddr::from([203, 0, 113, 1]), true).is_none()));
    }
}
