package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// job is one piece of work in the background. Its messages carry it, so that a screen can drop
// those of a job that is no longer its own.
type job struct {
	messages chan any
	ctx      context.Context
	cancel   context.CancelFunc
}

// fromJob is one message of a job: a steps.Event, accountAsked, or the work's last word.
type fromJob struct {
	job     *job
	message any
}

// accountAsked wants to know whether another account may be used. The answer goes to reply,
// which has room for it.
type accountAsked struct {
	wrong *providers.WrongAccount
	reply chan<- bool
}

// stepDone is the last word of a step's work.
type stepDone struct {
	state steps.State
	err   error
}

// reportDone is the last word of a check or a rotation.
type reportDone struct {
	report steps.Report
	err    error
}

// start begins work. It runs on a road of its own, whose AskAccount asks the screen, until it
// is done or the job is cancelled. The command brings the first message.
func (d desk) start(work func(ctx context.Context, road *steps.Road, emit steps.Emit) any) (*job, tea.Cmd) {
	ctx, cancel := context.WithCancel(d.ctx)
	j := &job{messages: make(chan any), ctx: ctx, cancel: cancel}
	road := *d.Road
	road.AskAccount, road.Unattended = j.askAccount, false
	begin := func() tea.Msg {
		go func() {
			j.send(work(ctx, &road, func(event steps.Event) { j.send(event) }))
			cancel()
		}()
		return j.next()()
	}
	return j, begin
}

// send gives a message to the screen, or drops it when the screen is gone.
func (j *job) send(message any) {
	select {
	case j.messages <- message:
	case <-j.ctx.Done():
	}
}

// next waits for the next message. A screen asks again after each one.
func (j *job) next() tea.Cmd {
	return func() tea.Msg {
		select {
		case message := <-j.messages:
			return fromJob{j, message}
		case <-j.ctx.Done():
			return nil
		}
	}
}

// stop cancels the work; a nil job has none.
func (j *job) stop() {
	if j != nil {
		j.cancel()
	}
}

func (j *job) askAccount(ctx context.Context, wrong *providers.WrongAccount) bool {
	reply := make(chan bool, 1)
	j.send(accountAsked{wrong, reply})
	select {
	case yes := <-reply:
		return yes
	case <-ctx.Done():
		return false
	}
}
