//! The table for a page without JavaScript.

use crate::story::{ROOT, Sleeping, child, seen, story};
use xray::html;

#[test]
fn the_table_has_a_caption_heads_with_a_scope_and_no_empty_line() {
    let story = story()
        .child(ROOT, 7, "sh -c a<b&&c", "1>1")
        .looks(seen().asleep(ROOT, child(7), &[7]))
        .later(1.0)
        .prints("<b>\n\n&\n")
        .ends(7, 0)
        .over();
    let xray = story.xray();
    let table = html::table(&xray, 2);
    let expected = concat!(
        "<table class=\"xray-rows\"><caption>What 2 processes did when demo ran.</caption>",
        "<thead><tr><th scope=\"col\">Time</th><th scope=\"col\">What happened</th>",
        "<th scope=\"col\">Line</th><th scope=\"col\">Who lives then</th></tr></thead>\n<tbody>\n",
        "<tr><th scope=\"row\">1.0 ms</th><td>demo starts</td><td></td><td>demo</td></tr>\n",
        "<tr><th scope=\"row\">3.0 ms</th><td>demo starts sh -c 'a&lt;b&amp;&amp;c'</td><td></td><td>demo, sh</td></tr>\n",
        "<tr class=\"open\"><th scope=\"row\">4.0 ms</th><td>For 1.0 s, demo waits until sh ends</td><td></td><td>demo (asleep), sh</td></tr>\n",
    );
    assert!(table.starts_with(expected), "{table}");
    assert!(!table.contains("\n\n"), "{table}");
    assert!(table.contains("On stdout: &lt;b&gt;"), "{table}");
}

#[test]
fn of_many_rows_fifteen_stay_with_the_one_that_is_opened() {
    let mut story = story();
    for pid in 200..240 {
        story = story
            .child(ROOT, pid, &format!("p{pid}"), "1>1")
            .ends(pid, 0);
    }
    let xray = story.xray();
    let open = xray.opening(Some("p220 ends")).unwrap();
    let table = html::table(&xray, open);
    assert_eq!(table.matches("<th scope=\"row\">").count(), 15);
    assert_eq!(table.matches("<tr class=\"open\">").count(), 1);
    assert!(table.contains("p220 ends with status 0"));
    assert!(table.contains("rows are left out"));
    assert!(table.contains("in 15 of 81 rows."));
}
