package probe

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mailgrant/mailgrant/providers"
)

// testPatience is generous to slow machines: only tests of silence wait for its end, and those
// run on a clock of their own.
const testPatience = 5 * time.Second

// transcript collects a trace.
type transcript struct {
	mutex sync.Mutex
	lines []Line
}

func (tr *transcript) add(line Line) {
	tr.mutex.Lock()
	defer tr.mutex.Unlock()
	tr.lines = append(tr.lines, line)
}

// text is the trace with C: and S: before the lines.
func (tr *transcript) text() string {
	tr.mutex.Lock()
	defer tr.mutex.Unlock()
	var b strings.Builder
	for _, line := range tr.lines {
		side := "S: "
		if line.Sent {
			side = "C: "
		}
		b.WriteString(side + line.Text + "\n")
	}
	return b.String()
}

func show(result Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", result.Probe, result.Server, result.Outcome)
	for _, layer := range result.Layers {
		fmt.Fprintf(&b, "\n  %-8s %-10s %s", layer.Layer, layer.Outcome, layer.Detail)
	}
	return b.String()
}

// failedLayer is the failed layer and its detail, or "" and the detail of the last layer.
func failedLayer(result Result) (providers.Layer, string) {
	for _, layer := range result.Layers {
		if layer.Outcome == providers.Failed {
			return layer.Layer, layer.Detail
		}
	}
	return "", result.Layers[len(result.Layers)-1].Detail
}

// checkShape checks what holds for every result.
func checkShape(t *testing.T, result Result) {
	t.Helper()
	if len(result.Layers) != len(providers.Layers()) {
		t.Fatalf("%d layers, want %d", len(result.Layers), len(providers.Layers()))
	}
	failed := false
	for i, layer := range result.Layers {
		if layer.Layer != providers.Layers()[i] {
			t.Errorf("layer %d is %q, want %q", i, layer.Layer, providers.Layers()[i])
		}
		if failed != (layer.Outcome == providers.NotReached) {
			t.Errorf("layer %s is %s (a layer before it failed: %v)", layer.Layer, layer.Outcome, failed)
		}
		failed = failed || layer.Outcome == providers.Failed
		if dirty(layer.Detail) {
			t.Errorf("detail of %s is not clean: %q", layer.Layer, layer.Detail)
		}
	}
	if failed != (result.Outcome == providers.Failed) {
		t.Errorf("outcome %s, a layer failed: %v", result.Outcome, failed)
	}
}

// checkSecrecy looks for the token, plain, in base64 and in long pieces.
func checkSecrecy(t *testing.T, result Result, trace string, attempt Attempt) {
	t.Helper()
	kept := show(result) + trace
	if result.Failure != nil {
		kept += fmt.Sprintf("%v %+v", result.Failure, result.Failure)
		var refusal *providers.HTTPRefusal
		if errors.As(result.Failure, &refusal) {
			kept += fmt.Sprintf("%+v", *refusal)
		}
		var reply *providers.Reply
		if errors.As(result.Failure, &reply) {
			kept += fmt.Sprintf("%+v %+v", *reply, reply.Challenge)
		}
	}
	token := attempt.Token.Reveal()
	if token == "" {
		return
	}
	secrets := []string{token, xoauth2{attempt.Mailbox, attempt.Token}.encoded()}
	if middle := len(token) / 2; middle > 30 {
		secrets = append(secrets, token[middle:middle+20], token[:20], token[len(token)-20:])
	}
	for _, secret := range secrets {
		if strings.Contains(kept, secret) {
			t.Errorf("%q is shown in\n%s", secret, kept)
		}
	}
}

// dirty reports what Clean would have taken away, of texts of any length.
func dirty(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
}

func isStage(stage providers.Stage) func(error) bool {
	return func(err error) bool {
		var staged *providers.StageError
		return errors.As(err, &staged) && staged.Stage == stage
	}
}

func isError[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

func isInvalid(reason x509.InvalidReason) func(error) bool {
	return func(err error) bool {
		var invalid x509.CertificateInvalidError
		return errors.As(err, &invalid) && invalid.Reason == reason
	}
}

func isRecordHeader(err error) bool { return isError[tls.RecordHeaderError](err) }
