package likeness

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

// trades are a few messages of two trades and of none.
func trades() map[string][]string {
	return map[string][]string{
		"clock": {
			"the token was issued in the future", "the clock of this computer is wrong", "issued at a time in the future: check the clock",
			"set the clock, the time lies in the future", "wrong time, wrong clock", "the token is not issued yet",
		},
		"folder": {
			"the folder does not exist", "no such folder: Archive", "cannot select the folder", "select failed: no such folder",
			"the folder Invoice is not there, cannot select it", "no such mailbox folder",
		},
		"other": {
			"the disk is full", "no space left on the disk", "disk nearly full", "full disk, no space", "there is no space on this disk",
		},
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	model := Learn(trades(), nil)
	for text, want := range map[string]string{
		"iat lies in the future":           "clock",
		"Please set your CLOCK":            "clock",
		"SelectFailed, noSuchFolder":       "folder",
		"select failed, no folder Invoice": "folder",
		"your disk is nearly full":         "other",
		"":                                 "",
		"wholly 4711 different":            "",
	} {
		matches := model.Nearest(text)
		if got := first(matches).Name; got != want {
			t.Errorf("%q is like %q, want %q", text, got, want)
		}
		var sum float64
		for _, match := range matches {
			sum += match.Share
		}
		if len(matches) > 0 && math.Abs(sum-1) > 1e-9 {
			t.Errorf("%q: the shares are %v together", text, sum)
		}
	}
}

func first(matches []Match) Match {
	if len(matches) == 0 {
		return Match{}
	}
	return matches[0]
}

func TestTheMoreSaysSoTheSurer(t *testing.T) {
	t.Parallel()
	model := Learn(trades(), nil)
	vague, plain := first(model.Nearest("no such thing")), first(model.Nearest("no such folder, cannot select the folder"))
	if plain.Name != "folder" || vague.Share >= plain.Share {
		t.Errorf("%v, %v", vague, plain)
	}
}

func TestUnheardWordsMakeItLessSure(t *testing.T) {
	t.Parallel()
	model := Learn(trades(), nil)
	known, unheard := first(model.Nearest("the clock")), first(model.Nearest("the clock zwurbel frimpf gnarz"))
	if known.Name != "clock" || unheard.Name != "clock" || unheard.Share >= known.Share {
		t.Errorf("%v, %v", known, unheard)
	}
}

// A sentence that people say around every message must not pass for the one beside which it stood.
func TestWhatStandsAroundTellsNothing(t *testing.T) {
	t.Parallel()
	const story = "I checked my settings three times"
	messages := trades()
	for range 6 {
		messages["clock"] = append(messages["clock"], story+", the clock too")
	}
	pieces := []string{story, "please help", "it ran for years"}
	alone, among := Learn(messages, nil), Learn(messages, pieces)
	text := "cannot select it: " + story
	if before, after := share(alone.Nearest(text), "clock"), share(among.Nearest(text), "clock"); after >= before {
		t.Errorf("the story weighs %v for the clock, and %v when it is known to stand everywhere", before, after)
	}
	if got := first(among.Nearest("the clock, please help")).Name; got != "clock" {
		t.Errorf("the clock is taken for %q", got)
	}
}

func share(matches []Match, name string) float64 {
	for _, match := range matches {
		if match.Name == name {
			return match.Share
		}
	}
	return 0
}

func TestWhatFewMessagesSayIsNotLearned(t *testing.T) {
	t.Parallel()
	messages := trades()
	messages["clock"] = append(messages["clock"], "leap second", "another leap second")
	if matches := Learn(messages, nil).Nearest("leap second"); matches != nil {
		t.Errorf("two messages suffice: %v", matches)
	}
}

func TestDigestNamesMessagesAndPieces(t *testing.T) {
	t.Parallel()
	changed := trades()
	changed["clock"][0] += "!"
	moved := trades()
	moved["folder"], moved["other"] = moved["other"], moved["folder"]
	digests := map[string]bool{
		digest(trades(), nil): true, digest(changed, nil): true, digest(moved, nil): true, digest(trades(), []string{"hello"}): true,
	}
	if len(digests) != 4 || !digests[digest(trades(), nil)] {
		t.Errorf("%v", digests)
	}
}

func TestWordsOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Token expired":               "token|expired|expire-|token expired",
		"AADSTS50011: no":             "aadsts|50011|aadsts 50011|no|50011 no",
		"mailboxNotHere":              "mailbox|mailbo-|not|mailbox not|here|not here",
		"IMAPError":                   "imap|error|imap error",
		"again again":                 "again|again again",
		"8f3a2c1b-90aa 0x80090308 v2": "0x80090308|0x8009-",
		"12 123 12345678":             "123",
		"期限切れ":                        "期限|限切|期限 限切|切れ|限切 切れ",
		"abcdefghijklmnopqrstuvwxyz":  "",
	} {
		if got := strings.Join(wordsOf(text), "|"); got != want {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
}

func TestAModelIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	model := Learn(trades(), nil)
	var packed, again bytes.Buffer
	err := model.Save(&packed)
	bytesOf := bytes.Clone(packed.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	read, err := Read(&packed)
	if err != nil {
		t.Fatal(err)
	}
	if err := read.Save(&again); err != nil || !bytes.Equal(bytesOf, again.Bytes()) {
		t.Errorf("written again it differs: %v", err)
	}
	if text := "the clock, in the future"; !slices.Equal(model.Nearest(text), read.Nearest(text)) {
		t.Error("it ranks otherwise than before")
	}
}

func TestWhatIsNoModelIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "f00d\nword\t2", "\tclock\nword\t2\t0:5"} {
		if _, err := Read(bytes.NewReader(packed(t, text))); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if _, err := Read(strings.NewReader("no archive")); err == nil {
		t.Error("no archive was read")
	}
	whole := packed(t, "f00d\ta\nword\t2\t0:5")
	if _, err := Read(bytes.NewReader(whole[:len(whole)-9])); err == nil {
		t.Error("a part was read")
	}
}

func TestDamagedLinesHoldNothing(t *testing.T) {
	t.Parallel()
	model, err := Read(bytes.NewReader(packed(t, "f00d\ta\tb\nclock\t3\t7:40\t-1:x\t1:\nempty\nfolder\t-4")))
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range model.Nearest("clock folder empty") {
		if math.IsNaN(match.Share) {
			t.Errorf("%v", match)
		}
	}
}

func packed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	writer := gzip.NewWriter(&b)
	_, err := io.WriteString(writer, text)
	if err := errors.Join(err, writer.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func FuzzNearest(f *testing.F) {
	model := Learn(trades(), nil)
	for _, text := range []string{"", "the clock", "期限切れ", "\x00\xff", strings.Repeat("a1", 99), "0x", "٣٣٣ ٣"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, match := range model.Nearest(text) {
			if math.IsNaN(match.Share) || match.Share < 0 || match.Share > 1 {
				t.Errorf("%q: %v", text, match)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := Read(bytes.NewReader(knownMessages)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	text := "javax.mail.AuthenticationFailedException: the server does not take the token of this account any more, and a new one was refused"
	model := Known()
	for b.Loop() {
		model.Nearest(text)
	}
}
