package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
)

// work is the job of a screen and what it says about itself.
type work struct {
	desk    desk
	job     *job
	saying  string // what is being done now
	failure error  // how the last job failed
}

// begin starts a job in place of the one before.
func (w *work) begin(saying string, do func(ctx context.Context, road *steps.Road, emit steps.Emit) any) tea.Cmd {
	w.stop()
	w.failure, w.saying = nil, saying
	var cmd tea.Cmd
	w.job, cmd = w.desk.start(do)
	return cmd
}

// step starts the work of one step of the road.
func (w *work) step(name steps.Name, state steps.State, saying string) tea.Cmd {
	return w.begin(saying, func(ctx context.Context, road *steps.Road, emit steps.Emit) any {
		for _, step := range road.Setup() {
			if step.Name() == name {
				next, err := step.Do(ctx, state, emit)
				return stepDone{next, err}
			}
		}
		return stepDone{state, nil}
	})
}

// hear takes a message if it is the present job's, and asks for the next one. Whatever else
// comes late is dropped.
func (w *work) hear(msg tea.Msg) (message any, next tea.Cmd) {
	from, ok := msg.(fromJob)
	if !ok || w.job == nil || from.job != w.job {
		return nil, nil
	}
	switch message := from.message.(type) {
	case stepDone:
		w.done(message.err)
		return message, nil
	case reportDone:
		w.done(message.err)
		return message, nil
	case steps.Working:
		w.saying = message.Text
	}
	return from.message, w.job.next()
}

func (w *work) done(err error) {
	w.job, w.saying = nil, ""
	if !errors.Is(err, context.Canceled) {
		w.failure = err
	}
}

// Busy reports whether something works.
func (w *work) Busy() bool { return w.job != nil }

// stop ends the job, if there is one.
func (w *work) stop() {
	w.job.stop()
	w.job, w.saying = nil, ""
}

// Close ends what was started.
func (w *work) Close() { w.stop() }
