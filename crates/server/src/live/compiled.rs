//! How far the open book is compiled: each chapter, and then the tracer.

use std::cmp::Reverse;
use std::sync::Arc;
use tokio::sync::watch;

/// The package of the program that makes X-rays.
pub(crate) const TRACER: &str = "tracer";

/// What a package is called to a reader.
pub(crate) fn in_words(package: &str) -> &str {
    match package {
        TRACER => "the tracer",
        chapter => chapter,
    }
}

/// How much a package is wanted that is not built. The most wanted is the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wish {
    Sometime,
    /// A page shows its listings.
    Shown,
    /// Somebody waits for it.
    Awaited,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Wanted(Wish),
    Building,
    Built,
    /// What Cargo said.
    Broken(Arc<str>),
}

/// The packages, in the order in which they are built if nobody wants another one first.
/// One that is not among them is built.
pub(crate) struct Compiled(watch::Sender<State>);

struct State {
    packages: Vec<(String, Stage)>,
    /// Nothing is built any more.
    is_over: bool,
}

impl Compiled {
    /// These are to be built.
    pub(super) fn none_of(packages: impl IntoIterator<Item = String>) -> Compiled {
        let wanted = |package| (package, Stage::Wanted(Wish::Sometime));
        Compiled(watch::Sender::new(State {
            packages: packages.into_iter().map(wanted).collect(),
            is_over: false,
        }))
    }

    /// Whether one is still to be built.
    pub(crate) fn is_to_do(&self) -> bool {
        let state = self.0.borrow();
        let mut stages = state.packages.iter().map(|(_, stage)| stage);
        !state.is_over && stages.any(|it| matches!(it, Stage::Wanted(_) | Stage::Building))
    }

    /// Whether nothing is built any more.
    pub(super) fn is_over(&self) -> bool {
        self.0.borrow().is_over
    }

    /// Somebody wants a package; one that could not be built is tried again if it is
    /// waited for.
    pub(crate) fn want(&self, package: &str, wish: Wish) {
        self.0.send_if_modified(|state| {
            let Some(stage) = state.stage_mut(package) else {
                return false;
            };
            let now = match stage {
                Stage::Wanted(before) if *before < wish => wish,
                Stage::Broken(_) if wish == Wish::Awaited => wish,
                _ => return false,
            };
            *stage = Stage::Wanted(now);
            true
        });
    }

    /// Wants a package and waits until it is built. `waiting` hears whether it is being
    /// built, or others before it.
    ///
    /// # Errors
    /// It could not be built: what Cargo said.
    pub(crate) async fn built<F: Future>(
        &self,
        package: &str,
        mut waiting: impl FnMut(bool) -> F,
    ) -> Result<(), Arc<str>> {
        let mut news = self.0.subscribe();
        self.want(package, Wish::Awaited);
        let mut told = None;
        loop {
            let is_building = match news.borrow_and_update().stage(package) {
                None | Some(Stage::Built) => return Ok(()),
                Some(Stage::Broken(why)) => return Err(Arc::clone(why)),
                Some(stage) => *stage == Stage::Building,
            };
            if told.replace(is_building) != Some(is_building) {
                waiting(is_building).await;
            }
            // The sender lives as long as we do.
            let _ = news.changed().await;
        }
    }

    /// Whether it is built; one that is not among the packages is.
    pub(super) fn is_built(&self, package: &str) -> bool {
        let state = self.0.borrow();
        let stage = state.stage(package);
        stage.is_none_or(|stage| *stage == Stage::Built)
    }

    /// Wants again what could not be built: since then something was saved.
    pub(super) fn retry(&self) {
        self.0.send_if_modified(|state| {
            let mut any = false;
            for (_, stage) in &mut state.packages {
                if matches!(stage, Stage::Broken(_)) {
                    *stage = Stage::Wanted(Wish::Sometime);
                    any = true;
                }
            }
            any
        });
    }

    /// Waits until one is to be built; `false` once all is over.
    pub(super) async fn any_wanted(&self) -> bool {
        let mut news = self.0.subscribe();
        let is_wanted = |(_, stage): &(_, Stage)| matches!(stage, Stage::Wanted(_));
        let state = news.wait_for(|it| it.is_over || it.packages.iter().any(is_wanted));
        state.await.is_ok_and(|state| !state.is_over)
    }

    /// Takes the most wanted one, to be built now.
    pub(super) fn begin(&self) -> Option<String> {
        let mut begun = None;
        self.0.send_if_modified(|state| {
            begun = state.begin();
            begun.is_some()
        });
        begun
    }

    /// It was built, or why not.
    pub(super) fn decide(&self, package: &str, built: Result<(), String>) {
        self.0.send_modify(|state| {
            let decided = match built {
                Ok(()) => Stage::Built,
                Err(why) => Stage::Broken(why.into()),
            };
            if let Some(stage) = state.stage_mut(package) {
                *stage = decided;
            }
        });
    }

    /// Nothing is built any more.
    pub(super) fn end(&self) {
        self.0.send_modify(|state| state.is_over = true);
    }
}

impl State {
    fn stage(&self, package: &str) -> Option<&Stage> {
        let mut packages = self.packages.iter();
        let found = packages.find(|(name, _)| name == package);
        found.map(|(_, stage)| stage)
    }

    fn stage_mut(&mut self, package: &str) -> Option<&mut Stage> {
        let mut packages = self.packages.iter_mut();
        let found = packages.find(|(name, _)| name == package);
        found.map(|(_, stage)| stage)
    }

    fn begin(&mut self) -> Option<String> {
        if self.is_over {
            return None;
        }
        let wanted = self.packages.iter_mut().filter_map(|it| match it.1 {
            Stage::Wanted(wish) => Some((wish, it)),
            _ => None,
        });
        // Of several that are wanted alike, the first.
        let (_, (package, stage)) = wanted.min_by_key(|(wish, _)| Reverse(*wish))?;
        *stage = Stage::Building;
        Some(package.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::future::ready;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    fn three() -> Compiled {
        Compiled::none_of(["one", "two", "three"].map(str::to_owned))
    }

    /// Builds all, and says in which order.
    fn order(compiled: &Compiled) -> Vec<String> {
        let next = || {
            let package = compiled.begin()?;
            compiled.decide(&package, Ok(()));
            Some(package)
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn what_is_wanted_most_is_built_first() {
        assert_eq!(order(&three()), ["one", "two", "three"]);
        let compiled = three();
        compiled.want("two", Wish::Shown);
        compiled.want("three", Wish::Awaited);
        // What is waited for stays so when a page is opened.
        compiled.want("three", Wish::Shown);
        compiled.want("four", Wish::Awaited);
        assert_eq!(order(&compiled), ["three", "two", "one"]);
        assert!(!compiled.is_to_do());
    }

    #[test]
    fn what_is_ended_is_no_more_to_do() {
        let compiled = three();
        assert_eq!(compiled.begin().as_deref(), Some("one"));
        assert!(compiled.is_to_do());
        compiled.end();
        assert!(!compiled.is_to_do());
        assert_eq!(compiled.begin(), None);
    }

    #[test]
    fn who_waits_hears_of_it_and_what_broke_is_tried_again() {
        let compiled = three();
        let heard = RefCell::new(Vec::new());
        let mut waits = pin!(compiled.built("two", |is_building| {
            heard.borrow_mut().push(is_building);
            ready(())
        }));
        let mut now = || waits.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(now().is_pending());
        assert_eq!(compiled.begin().as_deref(), Some("two"));
        assert!(now().is_pending());
        compiled.decide("two", Err("a missing bracket".to_owned()));
        assert_eq!(now(), Poll::Ready(Err("a missing bracket".into())));
        assert_eq!(*heard.borrow(), [false, true]);
        // A page that shows it is no reason to compile the same again.
        compiled.want("two", Wish::Shown);
        assert_eq!(compiled.begin().as_deref(), Some("one"));
        compiled.want("two", Wish::Awaited);
        assert_eq!(compiled.begin().as_deref(), Some("two"));
    }

    #[test]
    fn what_broke_is_wanted_again_when_something_was_saved() {
        let compiled = three();
        for package in order(&compiled) {
            assert!(compiled.is_built(&package));
        }
        compiled.decide("two", Err("a missing bracket".to_owned()));
        assert!(!compiled.is_built("two") && compiled.is_built("four"));
        assert_eq!(compiled.begin(), None);
        compiled.retry();
        assert_eq!(compiled.begin().as_deref(), Some("two"));
    }
}
