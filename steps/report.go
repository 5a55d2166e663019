package steps

import (
	"errors"
	"slices"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// Report is what setup, check and rotate came to. The human report and the JSON are made of it.
type Report struct {
	Name        string
	Product     string
	Route       string
	Verified    bool
	State       ConnectionState
	Results     []TestResult
	Diagnosis   *diagnosis.Diagnosis  // a failure before any test
	Diagnoses   []diagnosis.Diagnosis // the same with the less probable ones
	Needs       []Need
	Texts       []TextProof
	Checklist   []Line
	ReplaceHere []Replacement
	Path        string // of the file that was written, if one was
	Store       string // where the secret is
	Plan        *Plan
}

// Report tells what setup came to when it ended with err.
func (s State) Report(r *Road, err error) Report {
	report := Report{
		Name: s.Answers.Name, Product: s.Answers.Product, Route: s.Answers.Route, State: StateDraft,
		Results: s.Results, Texts: s.Texts, Checklist: s.Checklist,
	}
	if plan, planErr := NewPlan(r.Catalogue, s.Answers); planErr == nil {
		report.Plan, report.Name = &plan, plan.Name
	}
	if s.Saved != nil {
		report.State = s.Saved.Connection.State()
		report.Verified = report.State == StateVerified
		report.Path, report.Store = s.Saved.Path, s.Saved.Store
	}
	report.blame(err, "mailgrant setup --wait 15m --answers FILE")
	return report
}

// Kept reports whether a connection stands in the file as proved or confirmed.
func (r Report) Kept() bool { return r.Verified || r.State == StateConfirmed && r.Path != "" }

// blame puts a failure where it belongs: results carry their own diagnoses, so only what failed
// before or after the tests stands beside them. The command is the one that waits for sign-ins.
func (r *Report) blame(err error, command string) {
	var problem *Problem
	if !errors.As(err, &problem) {
		return
	}
	r.Needs = waitingWith(command, problem.Needs)
	failed := func(result TestResult) bool { return !result.OK() }
	if !slices.ContainsFunc(r.Results, failed) {
		r.Diagnosis, r.Diagnoses = &problem.Diagnoses[0], problem.Diagnoses
	}
}
