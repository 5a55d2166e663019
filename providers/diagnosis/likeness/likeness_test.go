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

func lines(t testing.TB, packed []byte) string {
	t.Helper()
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// trades are a few messages of two trades and of none.
func trades() map[string][]string {
	return map[string][]string{
		"clock":  {"the token was issued in the future", "the clock of this computer is wrong", "issued at a time in the future: check the clock"},
		"folder": {"the folder does not exist", "no such folder: Archive", "cannot select the folder"},
		"other":  {"the disk is full", "no space left on the disk"},
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	model := Learn(trades())
	for text, want := range map[string]string{
		"iat lies in the future":           "clock",
		"Please set your CLOCK":            "clock",
		"select failed, no folder Invoice": "folder",
		"your disk is nearly full":         "other",
		"":                                 "",
		"wholly 4711 different":            "",
	} {
		matches := model.Nearest(text)
		if got := first(matches); got != want {
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

func first(matches []Match) string {
	if len(matches) == 0 {
		return ""
	}
	return matches[0].Name
}

func TestTheMoreSaysSoTheSurer(t *testing.T) {
	t.Parallel()
	model := Learn(trades())
	vague, plain := model.Nearest("no such"), model.Nearest("no such folder, cannot select the folder")
	if first(plain) != "folder" || vague[0].Share >= plain[0].Share {
		t.Errorf("%v, %v", vague, plain)
	}
}

func TestWordsOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Token expired":               "token|expired|expire-|token expired",
		"AADSTS50011: no":             "aadsts|50011|aadsts 50011|no|50011 no",
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
	model := Learn(trades())
	var packed, again bytes.Buffer
	_, err := model.WriteTo(&packed)
	bytesOf := bytes.Clone(packed.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	read, err := Read(&packed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.WriteTo(&again); err != nil || !bytes.Equal(bytesOf, again.Bytes()) {
		t.Errorf("written again it differs: %v", err)
	}
	if text := "the clock, in the future"; !slices.Equal(model.Nearest(text), read.Nearest(text)) {
		t.Error("it ranks otherwise than before")
	}
}

func TestWhatIsNoModelIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "x\ta:1\n", "2\n", "many\ta:1\tb:1\nword\t2\t0:5"} {
		if _, err := Read(bytes.NewReader(packed(t, text))); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if _, err := Read(strings.NewReader("no archive")); err == nil {
		t.Error("no archive was read")
	}
	whole := packed(t, "2\ta:1\nword\t2\t0:5")
	if _, err := Read(bytes.NewReader(whole[:len(whole)-9])); err == nil {
		t.Error("a part was read")
	}
}

func TestDamagedLinesHoldNothing(t *testing.T) {
	t.Parallel()
	model, err := Read(bytes.NewReader(packed(t, "9\ta:50\tb:50\nclock\t3\t7:40\t-1:x\t1:\nempty\nfolder\t-4")))
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
	model := Learn(trades())
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
