package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// The exit codes. Scripts rely on them.
const (
	exitOK          = 0
	exitFailed      = 1 // a test failed, or there is no keychain
	exitUsage       = 2 // wrong usage, a missing or invalid value
	exitNeedsPerson = 3 // consent, a sign-in, a tick, a secret ending
	exitInterrupted = 130
)

// usageError is a command line that cannot be carried out.
type usageError struct{ message, fix string }

func (e *usageError) Error() string { return e.message + "; " + e.fix }

func usage(format string, values ...any) *usageError {
	return &usageError{fmt.Sprintf(format, values...), "mailgrant --help shows what can be asked"}
}

// fixedBy says what mends it instead of pointing at the help.
func (e *usageError) fixedBy(fix string) *usageError {
	e.fix = fix
	return e
}

// silent is an error that has been told already; only its code is left to report.
type silent struct{ code int }

func (e *silent) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// exitCode maps an error to the contract's codes, in one place.
func exitCode(err error) int {
	var told *silent
	var problem *steps.Problem
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &told):
		return told.code
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case isUsage(err):
		return exitUsage
	case errors.As(err, &problem) && len(problem.Needs) > 0:
		return exitNeedsPerson
	}
	return exitFailed
}

// isUsage reports whether the person's input is at fault.
func isUsage(err error) bool {
	var command *usageError
	var answers steps.AnswerErrors
	var answer *steps.AnswerError
	var file *strictyaml.Error
	var notFound *steps.NotFound
	return errors.As(err, &command) || errors.As(err, &answers) || errors.As(err, &answer) ||
		errors.As(err, &file) || errors.As(err, &notFound) || errors.Is(err, keychain.ErrPassphrase)
}

// complaint is an error as a person and a program are told it.
type complaint struct {
	message      string
	file         string
	line, column int
	fix          string
}

func complain(err error) complaint {
	told := complaintOf(err)
	if told.fix == "" {
		told.fix = "correct the value and run it again"
	}
	return told
}

func complaintOf(err error) complaint {
	var answers steps.AnswerErrors
	var answer *steps.AnswerError
	var file *strictyaml.Error
	var problem *steps.Problem
	var command *usageError
	switch {
	case errors.As(err, &command):
		return complaint{message: command.message, fix: command.fix}
	case errors.As(err, &file):
		return complaint{file.Message, file.File, file.Line, file.Column, file.Fix}
	case errors.As(err, &answers):
		return complaint{message: answers[0].Message, fix: answers[0].Fix}
	case errors.As(err, &answer):
		return complaint{message: answer.Message, fix: answer.Fix}
	case errors.As(err, &problem):
		fix := ""
		if fixes := problem.Diagnoses[0].Fixes; len(fixes) > 0 {
			fix = fixes[0].Text
		}
		return complaint{message: problem.Diagnoses[0].Summary, fix: fix}
	}
	return complaint{message: err.Error(), fix: "mailgrant --help shows what can be asked"}
}
