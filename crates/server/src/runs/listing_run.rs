//! One run, from its start to its verdict, in a thread of its own.

use super::comparison::Comparison;
use super::events::{EventWriter, ServerEvent};
use super::register::Runs;
use super::under_way::UnderWay;
use crate::edited::{BUILD_LIMIT, Program};
use anyhow::bail;
use recording::catalogue::{ListingName, Settings};
use recording::{Event, Kind};
use run::{Bounds, Run, Start, Stdin, missing_tools};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xray::XRay;

/// A listing that is about to run.
pub(crate) struct ListingRun<'a> {
    pub(crate) runs: &'a Runs,
    pub(crate) listing: &'a ListingName,
    /// The listing's source as the reader has edited it, if they did.
    pub(crate) edit: Option<&'a str>,
    /// If it is to be traced: the tracer, or why there is none.
    pub(crate) tracer: Option<&'a Result<PathBuf, String>>,
    /// Which row of its X-ray is to be opened, by what it shows.
    pub(crate) opens: Option<&'a str>,
    pub(crate) run: &'a Arc<UnderWay>,
    pub(crate) page: &'a mut EventWriter,
}

/// The page has gone, and nobody wants to hear of the run any more.
struct Gone;

impl ListingRun<'_> {
    /// Runs the listing, and tells the page. On return nothing of it is left,
    /// but for the files that the page was offered. `last` becomes the time of its
    /// last event, in seconds.
    pub(super) fn carry_out(&mut self, last: &mut f64) -> anyhow::Result<()> {
        let settings = Settings::read(&self.runs.book.root, self.listing)?;
        require_tools(&settings)?;
        let mut comparison = Comparison::new(&self.runs.book.root, self.listing);
        let edited = match self.edit {
            Some(source) => match self.edited(source)? {
                Ok(program) => Some(program),
                Err(Gone) => return Ok(()),
            },
            None => None,
        };
        let folder = self.runs.book.runnable.get().chapters.run_folder()?;
        let run = self.start(&settings, folder.path(), edited.as_ref())?;
        let registered = self.runs.under_way.register(self.run);
        if self.follow(run, &mut comparison, last)?.is_err() {
            return Ok(());
        }
        // A Stop that comes now is too late to excuse a difference.
        drop(registered);
        let deviation = match self.edit {
            Some(_) => Some("this is an edited listing"),
            None => self.run.deviation(settings.stdin.as_deref()),
        };
        let files = self.runs.artifacts.keep(&self.run.id, folder);
        if !files.is_empty() {
            let _ = self
                .page
                .say(*last, ServerEvent::Artifacts { files: &files });
        }
        let compared = comparison.compared(&settings, deviation);
        let compared = compared.reported(|it| self.runs.report(self.listing, it));
        let _ = self.page.say(*last, ServerEvent::Compared(&compared));
        Ok(())
    }

    /// The reader's edit as a program, once it is compiled; Python needs no build.
    fn edited(&mut self, source: &str) -> anyhow::Result<Result<Program, Gone>> {
        if self.listing.is_python() {
            return self.program(source).map(Ok);
        }
        let Some(permit) = self.page.build_permit(&self.runs.book.builds, BUILD_LIMIT) else {
            return Ok(Err(Gone));
        };
        permit.does("an edit");
        let _ = self.page.say(0.0, ServerEvent::Building { what: None });
        self.program(source).map(Ok)
    }

    fn program(&self, source: &str) -> anyhow::Result<Program> {
        let Runs { edits, .. } = self.runs;
        edits.program(self.listing, source, &self.run.ending, |diagnostic| {
            // A page that has gone ends the build, by `ending`.
            let _ = self.page.say(0.0, ServerEvent::Diagnostic(&diagnostic));
        })
    }

    fn start(
        &self,
        settings: &Settings,
        folder: &Path,
        edited: Option<&Program>,
    ) -> anyhow::Result<Run> {
        let runnable = self.runs.book.runnable.get();
        let stdin = match settings.stdin {
            Some(_) => Stdin::Open,
            None => Stdin::Empty,
        };
        let start = match edited {
            Some(program) => Start::new(program.path(), folder).bounds(Bounds::of_a_program()),
            None => Start::new(runnable.chapters.binary(&self.listing.chapter)?, folder),
        };
        let start = start
            .argument(&self.listing.name)
            .stdin(stdin)
            .time_limit(settings.time_limit())
            .command(self.listing.command());
        let supervisor = runnable.chapters.supervisor()?;
        let run = match self.tracer {
            Some(Ok(tracer)) => start.traced_by(tracer, supervisor)?,
            Some(Err(_)) | None => start.supervised_by(supervisor)?,
        };
        self.run.ending.begun(run.control());
        Ok(run)
    }

    /// Passes on what happens. If the page goes, the run is dropped, which ends
    /// it.
    fn follow(
        &self,
        run: Run,
        comparison: &mut Comparison,
        last: &mut f64,
    ) -> anyhow::Result<Result<(), Gone>> {
        let untraced = self.tracer.and_then(|tracer| tracer.as_ref().err());
        let untraced = untraced.map(|why| Event {
            t: 0.0,
            kind: Kind::Untraced { why: why.clone() },
        });
        let mut xray = self.tracer.map(|_| XRay::new(&self.listing.name));
        for event in untraced.map(Ok).into_iter().chain(run) {
            let event = event?;
            *last = event.t;
            if self.tell(&event, xray.as_mut()).is_err() {
                return Ok(Err(Gone));
            }
            comparison.add(event);
        }
        if let Some(row) = xray.as_ref().and_then(|xray| self.opens_at(xray)) {
            let _ = self.page.say(*last, ServerEvent::Opens { row });
        }
        Ok(Ok(()))
    }

    /// The row that shows what was asked for, else the one that tells most: an edit
    /// may have none of what the recorded run shows.
    fn opens_at(&self, xray: &XRay) -> Option<u32> {
        let asked = self.opens.map(|shows| xray.opening(Some(shows)));
        let row = asked.and_then(Result::ok);
        row.or_else(|| xray.opening(None).ok())
            .filter(|_| !xray.rows().is_empty())
    }

    /// Tells the page of an event: of what a tracer tells, the rows that it makes.
    fn tell(&self, event: &Event, xray: Option<&mut XRay>) -> anyhow::Result<()> {
        match event.kind {
            Kind::Process(_) | Kind::Seen(_) => {}
            Kind::Started { .. }
            | Kind::Stdout(_)
            | Kind::Stderr(_)
            | Kind::Exited { .. }
            | Kind::LeftBehind { .. }
            | Kind::TimedOut { .. }
            | Kind::Exceeded { .. }
            | Kind::Untraced { .. }
            | Kind::Unknown => self.page.pass_on(event, &self.run.id)?,
        }
        for row in xray.into_iter().flat_map(|xray| xray.take(event)) {
            self.page.say(event.t, ServerEvent::Row { row: &row })?;
        }
        Ok(())
    }
}

fn require_tools(settings: &Settings) -> anyhow::Result<()> {
    let missing = missing_tools(&settings.needs);
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this listing needs {}, which is not on the PATH of the server: install it (by apt, dnf, \
         brew or what your system has) and press Run again",
        missing.join(" and ")
    )
}
