package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

func TestExitCodes(t *testing.T) {
	t.Parallel()
	found := []diagnosis.Diagnosis{{Cause: "secret-expired"}}
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"nothing went wrong":                {nil, 0},
		"a test failed":                     {&steps.Problem{Diagnoses: found}, 1},
		"no keychain":                       {&steps.Problem{Diagnoses: found, Err: keychain.ErrUnavailable}, 1},
		"the keychain is locked":            {&steps.Problem{Diagnoses: found, Err: keychain.ErrLocked}, 1},
		"the secret is lost":                {&steps.SecretLost{Name: "contoso", Store: "keychain"}, 1},
		"a folder that cannot be written":   {&steps.FileError{Path: "home", Err: fs.ErrPermission}, 1},
		"a file changed meanwhile":          {&steps.Changed{Path: "contoso.yaml"}, 1},
		"anything else":                     {errors.New("odd"), 1},
		"wrong usage":                       {usage("verb %q is not known", "x"), 2},
		"an answer that is missing":         {steps.AnswerErrors{{Key: steps.KeyTenant, Missing: true, Message: "tenant ID is missing"}}, 2},
		"an answer that is invalid":         {&steps.AnswerError{Message: "no"}, 2},
		"a file that does not decode":       {&strictyaml.Error{File: "a.yaml", Line: 1, Column: 1}, 2},
		"a connection that does not exist":  {&steps.NotFound{Name: "contoso"}, 2},
		"a wrong passphrase":                {&steps.Problem{Diagnoses: found, Err: fmt.Errorf("open: %w", keychain.ErrPassphrase)}, 2},
		"a person is needed":                {&steps.Problem{Diagnoses: found, Needs: []steps.Need{{What: "consent"}}}, 3},
		"Ctrl+C":                            {context.Canceled, 130},
		"Ctrl+C deep inside":                {fmt.Errorf("saving: %w", context.Canceled), 130},
		"told already, a person is needed":  {&silent{exitNeedsPerson}, 3},
		"told already, inside another":      {fmt.Errorf("check: %w", &silent{exitFailed}), 1},
		"usage inside another error counts": {fmt.Errorf("passphrase: %w", usage("none")), 2},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%s: exit code %d, want %d", name, got, c.want)
		}
	}
}

func TestTheGraverCodeCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b, want int }{
		{0, 0, 0}, {0, 3, 3}, {3, 0, 3}, {1, 3, 1}, {3, 1, 1}, {1, 0, 1}, {2, 3, 2}, {1, 2, 1},
	} {
		if got := graver(c.a, c.b); got != c.want {
			t.Errorf("graver(%d, %d) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestComplaintsNameTheirFix(t *testing.T) {
	t.Parallel()
	problem := &steps.Problem{Diagnoses: []diagnosis.Diagnosis{{Summary: "no keychain", Fixes: []diagnosis.Fix{{Text: "start one"}}}}}
	for name, c := range map[string]struct {
		err  error
		want complaint
	}{
		"usage":             {usage("verb %q is not known", "x").fixedBy("try y"), complaint{message: `verb "x" is not known`, fix: "try y"}},
		"a place in a file": {&strictyaml.Error{File: "a.yaml", Line: 3, Column: 7, Message: "bad", Fix: "mend"}, complaint{"bad", "a.yaml", 3, 7, "mend"}},
		"the first answer":  {steps.AnswerErrors{{Message: "one", Fix: "1"}, {Message: "two", Fix: "2"}}, complaint{message: "one", fix: "1"}},
		"a diagnosis":       {problem, complaint{message: "no keychain", fix: "start one"}},
		"anything else":     {errors.New("odd"), complaint{message: "odd", fix: "mailgrant --help shows what can be asked"}},
	} {
		if got := complain(c.err); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestJSONIsWantedEvenWhenTheCommandLineIsWrong(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"check --json": true, "--json": true, "check --json=true": true, "check --json=false": false,
		"check --json --json=false": false, "check -- --json": false, "check": false, "check --jsonx": false,
	} {
		if got := jsonWanted(strings.Fields(line)); got != want {
			t.Errorf("%s: %t, want %t", line, got, want)
		}
	}
}
