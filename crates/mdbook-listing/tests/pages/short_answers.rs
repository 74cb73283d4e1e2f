//! `predict` fences whose answer is typed.

use crate::fixture::{Book, Run};

const SLIP: &str = "[[slip]]\ntext = \" 1,000 \"\nwhy = \"It would be *all*.\"\n";

/// A question whose fence begins on line 3, about a run.
struct Question {
    fence: String,
    run: Run,
    settings: &'static str,
}

/// A question that is asked so: `short = { exit = true }`.
fn asked(fence: &str) -> Question {
    Question {
        fence: fence.to_owned(),
        run: Run::new().stdout("one\nfirst read: 65536 bytes, then more\n"),
        settings: "",
    }
}

impl Question {
    fn of(mut self, run: Run) -> Question {
        self.run = run;
        self
    }

    fn masking(mut self, settings: &'static str) -> Question {
        self.settings = settings;
        self
    }

    fn book(self) -> Book {
        let page = format!(
            "# A\n\n```predict\nlisting = \"chapter1/hello\"\nquestion = \"How *many*?\"\n{}\n```\n\n\
             {{{{#listing chapter1/hello Hello}}}}\n",
            self.fence
        );
        Book::new()
            .page("a.md", &page)
            .source("chapter1/hello", "fn main() {}\n")
            .settings("chapter1/hello", self.settings)
            .recording("chapter1/hello", self.run)
    }

    /// The question as it stands in its page.
    #[track_caller]
    fn built(self) -> String {
        let page = self.book().builds().page("a.html").replace("\n\n", "\n");
        let (_, question) = page.split_once("<aside class=\"predict\"").unwrap();
        question.split_once("</aside>").unwrap().0.to_owned()
    }

    #[track_caller]
    fn answer(self) -> String {
        let question = self.built();
        let (_, answer) = question.split_once(" data-right=\"").unwrap();
        answer.split_once('"').unwrap().0.to_owned()
    }

    #[track_caller]
    fn fails_with(self, fault: &str) {
        self.book().fails_with([&format!("book/a.md:3: {fault}")]);
    }

    #[track_caller]
    fn cannot_be_asked(self, fault: &str) {
        self.fails_with(&format!("chapter1/hello cannot be asked this: {fault}"));
    }
}

#[test]
fn it_folds_the_answer_and_what_people_say() {
    let fence = format!("short = {{ after = \"first read: \" }}\nunit = \"Bytes\"\n{SLIP}");
    let run = Run::new().stdout("first read: 65,536 Bytes\n");
    let question = asked(&fence).of(run).built();
    for part in [
        " data-right=\"65536\" data-kind=\"short\" data-unit=\"bytes\" data-before=\"first read: \" data-behind=\"Bytes\">",
        "<legend><span class=\"asked\">How <em>many</em>?</span>\n</legend>",
        "<label hidden=\"\">Your answer <span></span> Bytes</label>\n</fieldset>",
        "<details><summary>Answer</summary>\n\
         <p class=\"answer\"><code>65,536</code> Bytes</p>\n\
         <p data-of=\"1000\"><strong>Not <code>1,000</code> Bytes.</strong> It would be <em>all</em>.</p>\n\
         </details>",
    ] {
        assert!(question.contains(part), "no {part} in\n{question}");
    }
}

#[test]
fn without_a_script_nothing_waits_for_one() {
    let question = asked("short = { exit = true }").built();
    for part in ["<form", "<input", "<button", "<details open", "<ol"] {
        assert!(!question.contains(part), "{part} in\n{question}");
    }
}

#[test]
fn it_asks_for_the_status() {
    let status = asked("short = { exit = true }");
    assert_eq!(status.of(Run::new().exit(3)).answer(), "3");
}

#[test]
fn it_asks_for_a_line() {
    let two = Run::new().stdout("one\nTwo, \"t").stdout("oo\"\r\nthree");
    let line = asked("short = { stdout_line = 2 }").of(two);
    assert_eq!(line.answer(), "two, &quot;too&quot;");
    let last = Run::new().stdout("one\nlast");
    let line = asked("short = { stdout_line = 2 }").of(last);
    assert_eq!(line.answer(), "last");
}

#[test]
fn it_asks_for_what_follows_in_stdout_or_else_in_stderr() {
    let after = || asked("short = { after = \"read: \" }");
    let both = Run::new().stderr("read: 1\n").stdout("read: 2\nread: 3\n");
    assert_eq!(after().of(both).answer(), "2");
    let stderr = Run::new().stdout("one\n").stderr("read: 1");
    assert_eq!(after().of(stderr).answer(), "1");
}

#[test]
fn an_answer_ends_before_its_unit() {
    let answer = |unit: &str| {
        let fence = format!("short = {{ after = \"read: \" }}\nunit = \"{unit}\"");
        asked(&fence).answer()
    };
    assert_eq!(answer("bytes"), "65536");
    assert_eq!(answer("byte"), "65536 bytes, then more");
    let line = asked("short = { stdout_line = 2 }\nunit = \"bytes\"");
    assert_eq!(line.answer(), "first read: 65536");
    let glued = asked("short = { after = \"took \" }\nunit = \"ms\"");
    let glued = glued.of(Run::new().stdout("took 4 items 15ms.\n"));
    assert_eq!(glued.answer(), "4 items 15");
}

#[test]
fn what_the_line_has_around_the_answer_is_told() {
    let around = |fence: &str| {
        let question = asked(fence).built();
        let (_, around) = question.split_once(" data-kind=\"short\"").unwrap();
        around.split_once('>').unwrap().0.to_owned()
    };
    assert_eq!(
        around("short = { after = \"read: \" }\nunit = \"bytes\""),
        " data-unit=\"bytes\" data-before=\"first read: \" data-behind=\"bytes, then more\""
    );
    assert_eq!(
        around("short = { exit = true }"),
        " data-before=\"exit status: \""
    );
    assert_eq!(around("short = { stdout_line = 1 }"), "");
}

#[test]
fn what_the_recording_does_not_have_cannot_be_asked() {
    asked("short = { stdout_line = 3 }").cannot_be_asked("stdout has no line 3 in the recording");
    asked("short = { after = \"read:\\n\" }")
        .cannot_be_asked("`read:\\n` does not stand in the recording");
    asked("short = { exit = true }")
        .of(Run::new().signal(9))
        .cannot_be_asked("the recording ends without an exit status");
}

#[test]
fn what_nobody_can_type_cannot_be_asked() {
    asked("short = { after = \"more\" }").cannot_be_asked("the right answer is empty");
    asked("short = { stdout_line = 1 }")
        .of(Run::new().stdout("\u{1b}[1m\n"))
        .cannot_be_asked("nobody would type the right answer, `\\u{1b}[1m`");
    let long = "é".repeat(17);
    asked("short = { stdout_line = 1 }")
        .of(Run::new().stdout(&long))
        .cannot_be_asked(&format!("nobody would type the right answer, `{long}`"));
}

#[test]
fn what_a_mask_hides_cannot_be_asked() {
    let run = || Run::new().stdout("pid 4711 says 4711 after 12 ms\nend\n");
    let masks = "masks = [\"pid\", \"duration\"]\n";
    let ask = |short: &str| asked(&format!("short = {short}")).of(run()).masking(masks);
    ask("{ after = \"pid \" }\nunit = \"says\"")
        .cannot_be_asked("a mask hides the right answer, `4711 says`");
    ask("{ after = \"after \" }\nunit = \"ms\"")
        .cannot_be_asked("a mask hides the right answer, `12 ms`");
    ask("{ stdout_line = 1 }")
        .cannot_be_asked("a mask hides the right answer, `pid 4711 says 4711 after 12 ms`");
    // The same digits that no mask hides.
    assert_eq!(
        ask("{ after = \"says \" }\nunit = \"after\"").answer(),
        "4711"
    );
    assert_eq!(ask("{ stdout_line = 2 }").answer(), "end");
}

#[test]
fn a_slip_is_no_right_answer() {
    let fence = format!("short = {{ stdout_line = 1 }}\n{SLIP}");
    asked(&fence)
        .of(Run::new().stdout("1000\n"))
        .fails_with("slip 1,000 is the right answer");
    let fence = format!("short = {{ stdout_line = 1 }}\n{SLIP}{SLIP}");
    asked(&fence).fails_with("slip 1,000 stands twice");
}

#[test]
fn what_it_says_is_not_empty() {
    asked("short = { after = \"\" }")
        .book()
        .fails_with(["book/a.md:3: `after` is empty"]);
    asked("short = { exit = false }").fails_with("`exit = false` asks for nothing");
    asked("short = { stdout_line = 1 }\nunit = \" \"").fails_with("the unit is empty");
    asked("short = { stdout_line = 1 }\n[[slip]]\ntext = \" \"\nwhy = \"w\"")
        .fails_with("a slip is empty");
    asked("short = { stdout_line = 1 }\n[[slip]]\ntext = \"x\"\nwhy = \" \"")
        .fails_with("slip x has an empty why");
}

#[test]
fn lines_are_counted_from_1() {
    asked("short = { stdout_line = 0 }").fails_with("lines are counted from 1");
}

#[test]
fn it_has_no_options() {
    let option = "[[option]]\ntext = \"so\"\nseen = { exit = 0 }\n";
    let fault = "an answer is chosen or typed: short has no options";
    asked(&format!("short = {{ exit = true }}\n{option}")).fails_with(fault);
    asked("short = { exit = true }\nseveral = true").fails_with(fault);
    asked("short = { line = 1 }").book().fails_with([
        "book/a.md:6: this question cannot be read: unknown variant `line`, expected one of `exit`, `stdout_line`, \
         `after`",
    ]);
}

#[test]
fn a_slip_may_refer_and_its_links_are_checked() {
    let fence = "short = { exit = true }\n[[slip]]\ntext = \"1\"\n\
                 why = \"See {{#ref chapter1/hello}} [x](#b).\"";
    asked(fence).fails_with("a.md has no #b; the nearest name is #a");
    let question = asked(&fence.replace("#b)", "#a)")).built();
    assert!(question.contains("<a href=\"a.html#listing-chapter1-hello\">Listing 1-1</a>"));
}

/// The version of a question, by which a browser keeps its answer.
#[test]
fn it_is_another_question_if_its_answer_or_its_unit_is() {
    let version = |fence: &str, said: &str| {
        let question = asked(fence).of(Run::new().stdout(said)).built();
        let (_, version) = question.split_once(" data-version=\"").unwrap();
        version.split_once('"').unwrap().0.to_owned()
    };
    let fence = format!("short = {{ stdout_line = 1 }}\nunit = \"ms\"\n{SLIP}");
    let first = version(&fence, "12 ms\n");
    assert_eq!(version(&fence.replace("all", "most"), "12 ms\n"), first);
    assert_eq!(version(&fence, "12 ms, or so\n"), first);
    assert_ne!(version(&fence, "13 ms\n"), first);
    assert_ne!(version(&fence.replace("ms", "s"), "12 ms\n"), first);
}
