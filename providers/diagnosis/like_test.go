package diagnosis

import (
	"strings"
	"testing"
)

// TestTextsLikeKnownMessages reads texts of which the rules know no sentence.
func TestTextsLikeKnownMessages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"auth_string = 'user=%s\\1auth=Bearer %s\\1\\1', and Python says: can't concat str to bytes":            XOAUTH2StringMalformed,
		"TV-like sign-in: the other side pressed Cancel after the letters were entered, so no key was given":    DeviceCodeDeclined,
		"registration takes MSA only, the authority we call is common, it wants consumers":                      PersonalOnlyAppOnCommon,
		"the add_key of the mail token fails: invalid argument, payload of 41022 bytes where 32767 are the max": KeyringEntryTooLarge,
	} {
		if read := readText(text); len(read.wellKnown())+len(read.fromConcepts())+len(read.generalWords())+len(read.vagueWords()) > 0 {
			t.Errorf("%q is known to the rules by now; take another text", text)
		}
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%q gives %s, want %s", text, ranking(got.Diagnoses), want)
		}
	}
}

func TestLikenessProvesNothing(t *testing.T) {
	t.Parallel()
	const like = "auth_string = 'user=%s\\1auth=Bearer %s\\1\\1' can't concat str to bytes"
	for name, text := range map[string]string{
		"of a number that nobody knows": "AADSTS7999999: the refresh token is too old and was not used",
		"in a long log":                 like + strings.Repeat(" nothing of note happened here", mostBytes/20),
		"of another trade":              "kafka " + strings.ReplaceAll(like, "auth", "sasl"),
		"of what every server does":     "too many of them at the same time, and the name was not found",
		"of words that nobody said":     "zwurbel frimpf token",
	} {
		if got := Explain(text); got.Recognised {
			t.Errorf("%s: %q gives %s", name, text[:min(len(text), 90)], ranking(got.Diagnoses))
		}
	}
}
