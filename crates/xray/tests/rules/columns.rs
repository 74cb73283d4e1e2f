//! Which processes share a column, and when a column is used again.

use crate::story::{ROOT, Story, story};

/// The names of the boxes from left to right, after the last row.
fn boxes(story: &Story) -> Vec<String> {
    let picture = story.xray().picture(u32::MAX - 1);
    let names = picture.order.iter().map(|it| picture.name(*it).to_owned());
    names.collect()
}

#[test]
fn each_column_stands_after_its_parent_and_its_elder_siblings() {
    let story = story()
        .child(ROOT, 7, "a", "1>1")
        .child(ROOT, 8, "b", "1>1")
        .child(7, 9, "c", "1>1")
        .child(9, 10, "d", "1>1")
        .child(8, 11, "e", "1>1");
    assert_eq!(boxes(&story), ["demo", "a", "c", "d", "b", "e"]);
    let picture = story.xray().picture(99);
    let depths: Vec<_> = picture
        .order
        .iter()
        .map(|it| picture.boxes[it].depth.unwrap())
        .collect();
    assert_eq!(depths, [0, 1, 2, 3, 1, 2]);
}

#[test]
fn when_all_is_collected_and_it_starts_again_it_is_a_new_round() {
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "sh", "1>1")
        .child(7, 8, "sleep 1", "1>1")
        .ends(7, 0)
        .left_alone(8)
        .collected(7, Some(ROOT), 0.1)
        .line(5)
        .starts(ROOT, 17)
        .runs(17, "sh", "1>1")
        .ends(8, 0)
        .collected(8, None, 0.1)
        .child(17, 18, "sleep 1", "1>1");
    assert_eq!(boxes(&story), ["demo", "sh", "sleep"]);
    let rounds: Vec<_> = story
        .xray()
        .rows()
        .iter()
        .filter_map(|it| it.round)
        .collect();
    assert_eq!(rounds, [2]);
}

#[test]
fn another_start_while_a_grandchild_lives_is_no_round() {
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "sh", "1>1")
        .child(7, 8, "sleep 60", "1>1")
        .dies_of(7, 9)
        .left_alone(8)
        .collected(7, Some(ROOT), 0.1)
        .line(9)
        .starts(ROOT, 17)
        .runs(17, "kill 8", "1>1");
    assert_eq!(boxes(&story), ["demo", "sh", "sleep", "kill"]);
    assert!(story.xray().rows().iter().all(|it| it.round.is_none()));
}

#[test]
fn one_line_that_starts_two_programs_at_a_time_has_two_columns() {
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "bash", "1>1")
        .line(5)
        .starts(ROOT, 8)
        .runs(8, "dash", "1>1");
    assert_eq!(boxes(&story), ["demo", "bash", "dash"]);
    assert_eq!(story.texts(), ["demo starts bash", "demo starts dash"]);
    let picture = story.xray().picture(99);
    assert_eq!(picture.boxes[&1].count.unwrap_or(1), 1);
}

#[test]
fn children_that_a_shell_runs_one_after_the_other_use_one_column() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .child(7, 8, "date", "1>1")
        .ends(8, 0)
        .collected(8, Some(7), 0.1)
        .child(7, 9, "sleep 1", "1>1");
    assert_eq!(boxes(&story), ["demo", "sh", "sleep"]);
}

#[test]
fn a_shared_column_counts_who_lives_and_who_is_a_zombie() {
    let mut story = story();
    for pid in 1..=5 {
        story = story.line(14).starts(ROOT, pid).runs(pid, "cat", "1>1");
    }
    let story = story.ends(1, 0).ends(2, 0).collected(1, Some(ROOT), 30.0);
    let picture = story.xray().picture(99);
    assert_eq!(picture.boxes[&1].count, Some(4));
    assert_eq!(
        picture.boxes[&1].says,
        Some(Some("3 run, 1 are zombies".to_owned()))
    );
}

#[test]
fn the_line_of_a_child_is_that_of_its_start_dimmed() {
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "sh", "1>1")
        .child(7, 8, "cat", "1>1")
        .ends(8, 0);
    let xray = story.xray();
    let lines: Vec<_> = xray.rows()[1..]
        .iter()
        .map(|it| (it.line, it.dim))
        .collect();
    assert_eq!(lines, [(Some(5), false), (Some(5), true), (Some(5), true)]);
}

#[test]
fn who_traces_or_supervises_is_not_there() {
    use recording::traced::{Did, ProcessEvent, SpawnCall};
    use recording::{Event, Kind};
    let spawned = |pid, child| Event {
        t: 0.1,
        kind: Kind::Process(ProcessEvent {
            pid,
            did: Did::Spawned {
                child,
                how: SpawnCall::Fork,
                descriptors: Vec::new(),
            },
            line: None,
        }),
    };
    let events = [spawned(2, 3), spawned(3, 4), spawned(2, 9)];
    let xray = xray::XRay::of("demo", &events);
    let texts: Vec<_> = xray.rows().iter().map(|it| &*it.text).collect();
    assert_eq!(texts, ["demo starts", "demo starts a child"]);
}

#[test]
fn without_lines_the_children_of_a_crowd_share_a_column_from_the_tenth_on() {
    let mut story = story().child(ROOT, 7, "sh", "1>1");
    for pid in 201..=250 {
        story = story.child(7, pid, "sleep 1", "1>1");
    }
    let story = story.child(7, 300, "date", "1>1");
    let names = boxes(&story);
    assert_eq!(names.len(), 13, "{names:?}");
    let texts = story.texts();
    let last = &texts[texts.len() - 2..];
    assert_eq!(last, ["sh starts 41 × sleep #10", "sh starts date"]);
}

#[test]
fn a_sibling_of_the_same_line_that_moves_on_leaves_nothing_behind() {
    let story = story()
        .line(4)
        .starts(ROOT, 7)
        .runs(7, "yes", "1>1")
        .line(4)
        .starts(ROOT, 8)
        .runs(8, "head -n1", "1>1")
        .dies_of(7, 13)
        .ends(8, 0)
        .collected(7, Some(ROOT), 30.0)
        .collected(8, Some(ROOT), 30.0);
    let xray = story.xray();
    for row in xray.rows() {
        let picture = xray.picture(row.n);
        for it in &picture.order {
            let (name, count) = (picture.name(*it), picture.boxes[it].count);
            assert!(count.unwrap_or(1) < 2, "{name} at {}", row.text);
        }
    }
    let picture = xray.picture(u32::MAX - 1);
    let end = |name: &str| {
        let column = picture.order.iter().find(|it| picture.name(**it) == name);
        picture.boxes[column.unwrap()].end.clone().flatten()
    };
    assert_eq!(end("yes").as_deref(), Some("SIGPIPE"));
    assert_eq!(end("head").as_deref(), Some("exit 0"));
}

#[test]
fn a_child_that_ran_nothing_is_none_of_its_siblings() {
    let story = story()
        .line(10)
        .starts(ROOT, 7)
        .runs(7, "sh -c true", "1>1")
        .line(10)
        .starts(ROOT, 8)
        .ends(8, 1)
        .collected(8, Some(ROOT), 0.1)
        .ends(7, 0)
        .collected(7, Some(ROOT), 0.1);
    assert_eq!(boxes(&story), ["demo", "sh", "child of demo"]);
    let expected = [
        "demo starts sh -c true",
        "demo starts a child",
        "child of demo ends with status 1; demo collects child of demo",
        "sh ends with status 0; demo collects sh",
    ];
    assert_eq!(story.texts(), expected);
}

#[test]
fn another_line_that_starts_something_later_is_no_round() {
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "sh", "1>1")
        .ends(7, 0)
        .collected(7, Some(ROOT), 0.1)
        .line(9)
        .starts(ROOT, 8)
        .runs(8, "cat", "1>1")
        .ends(8, 0)
        .collected(8, Some(ROOT), 0.1)
        .line(9)
        .starts(ROOT, 9)
        .runs(9, "cat", "1>1");
    let xray = story.xray();
    let rounds = xray.rows().iter().filter_map(|it| it.round);
    assert_eq!(rounds.collect::<Vec<_>>(), [2], "line 9 starts again");
    assert_eq!(boxes(&story).len(), 2, "and a column is used again");
}
