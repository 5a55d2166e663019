package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
)

// approve enters a code on the practice page, as a person would in a browser.
func (r practiceRun) approve(ctx context.Context, code steps.CodeIssued) {
	form := url.Values{"user_code": {code.Code.UserCode}, "account": {string(code.Account)}, "action": {"approve"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.tenant.Describe().DeviceLogin, strings.NewReader(form.Encode()))
	if err != nil {
		return
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := r.browser().Do(request)
	if err != nil {
		if ctx.Err() == nil {
			fmt.Fprintf(r.t.talk, "  the practice page did not answer: %s\n", err)
		}
		return
	}
	_ = answer.Body.Close()
	fmt.Fprintf(r.t.talk, "  code %s entered on the practice page as %s: HTTP %d\n", code.Code.UserCode, code.Account, answer.StatusCode)
}

// agree signs in on the practice tenant's page, as a person would in a browser, and follows it to
// where it ends. Where that is the page itself, it returns what explain makes of the page's text: a
// person has no more.
func (r practiceRun) agree(ctx context.Context, page steps.PageOpened) error {
	form := url.Values{"account": {string(page.Account)}, "action": {"approve"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, page.Page.URL, strings.NewReader(form.Encode()))
	if err != nil {
		return nil
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := r.browser().Do(request)
	if err != nil {
		if ctx.Err() == nil {
			var failed *url.Error
			if errors.As(err, &failed) {
				err = failed.Err // without the address, which holds the code
			}
			fmt.Fprintf(r.t.talk, "  the practice page did not answer: %s\n", err)
		}
		return nil
	}
	defer answer.Body.Close()
	if answer.Request.URL.Host != request.URL.Host || answer.StatusCode < http.StatusBadRequest {
		fmt.Fprintf(r.t.talk, "  signed in on the practice page as %s: HTTP %d\n", page.Account, answer.StatusCode)
		return nil
	}
	said, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err != nil {
		return nil
	}
	fmt.Fprintf(r.t.talk, "  the practice page keeps %s, and the program hears nothing: %s\n", page.Account, providers.Clean(string(said)))
	return keptOnPage(string(said))
}

// keptOnPage is the problem that a page's text tells of.
func keptOnPage(said string) *steps.Problem {
	told := diagnosis.Explain(said)
	problem := &steps.Problem{Diagnoses: told.Diagnoses, Err: errors.New("the page in the browser says: " + providers.Clean(said))}
	if len(problem.Diagnoses) == 0 {
		problem.Diagnoses = []diagnosis.Diagnosis{told.Unknown}
	}
	return problem
}

func (r practiceRun) browser() *http.Client {
	roots := x509.NewCertPool()
	if pem, err := os.ReadFile(r.tenant.Describe().Endpoints.CAFile); err == nil {
		roots.AppendCertsFromPEM(pem)
	}
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
}

// agreeLine is the command that signs in on a page from another terminal.
func (r practiceRun) agreeLine(page providers.CodePage, account providers.Address) string {
	return fmt.Sprintf("curl -sL --cacert %s -d account=%s -d action=approve '%s'", r.tenant.Describe().Endpoints.CAFile, account, page.URL)
}

// approveLine is the command that approves a code from another terminal.
func (r practiceRun) approveLine(code providers.DeviceCode, account providers.Address) string {
	d := r.tenant.Describe()
	return fmt.Sprintf("curl --cacert %s -d user_code=%s -d account=%s -d action=approve %s", d.Endpoints.CAFile, code.UserCode, account, d.DeviceLogin)
}
