package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
)

// printJSON writes one object on one line.
func printJSON(w io.Writer, object any) {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		fmt.Fprintln(w, `{"schema":"mailgrant.error/1","message":"the result cannot be written as JSON","fix":"run it without --json"}`)
	}
}

type errorJSON struct {
	Schema  string `json:"schema"`
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Fix     string `json:"fix"`
}

func errorJSONOf(err error) errorJSON {
	c := complain(err)
	return errorJSON{"mailgrant.error/1", c.message, c.file, c.line, c.column, c.fix}
}

type fixJSON struct {
	Text    string `json:"text"`
	Command string `json:"command,omitempty"`
	URL     string `json:"url,omitempty"`
}

type diagnosisJSON struct {
	Cause     string    `json:"cause"`
	Certainty string    `json:"certainty"`
	Layer     string    `json:"layer"`
	Owner     string    `json:"owner"`
	Summary   string    `json:"summary"`
	Fixes     []fixJSON `json:"fixes"`
}

func diagnosisJSONOf(d diagnosis.Diagnosis) *diagnosisJSON {
	made := &diagnosisJSON{string(d.Cause), string(d.Certainty), string(d.Layer), string(d.Owner), d.Summary, []fixJSON{}}
	if made.Cause == "" {
		made.Cause = "unknown"
	}
	for _, fix := range d.Fixes {
		made.Fixes = append(made.Fixes, fixJSON{fix.Text, fix.Command, fix.URL})
	}
	return made
}

type layerJSON struct {
	Layer   string `json:"layer"`
	Outcome string `json:"outcome"`
	Ms      int64  `json:"ms"`
	Detail  string `json:"detail"`
}

type resultJSON struct {
	Probe     string         `json:"probe"`
	Mailbox   string         `json:"mailbox"`
	Server    string         `json:"server"`
	Outcome   string         `json:"outcome"`
	Layers    []layerJSON    `json:"layers"`
	Diagnosis *diagnosisJSON `json:"diagnosis,omitempty"`
}

func resultJSONOf(result steps.TestResult) resultJSON {
	made := resultJSON{
		Probe: result.Probe, Mailbox: string(result.Test.Mailbox.Address), Server: result.Test.Server.String(),
		Outcome: string(result.Outcome), Layers: []layerJSON{},
	}
	for _, layer := range result.Layers {
		made.Layers = append(made.Layers, layerJSON{string(layer.Layer), string(layer.Outcome), layer.Elapsed.Milliseconds(), layer.Detail})
	}
	if len(result.Diagnoses) > 0 {
		made.Diagnosis = diagnosisJSONOf(result.Diagnoses[0])
	}
	return made
}

type needJSON struct {
	What    string `json:"what"`
	Owner   string `json:"owner"`
	Text    string `json:"text"`
	Command string `json:"command,omitempty"`
	URL     string `json:"url,omitempty"`
}

type replaceJSON struct {
	Artefact string `json:"artefact"`
	Address  string `json:"address,omitempty"`
	Place    string `json:"place"`
	Line     int    `json:"line"`
	Key      string `json:"key"`
}

type checkJSON struct {
	Schema     string         `json:"schema"`
	Connection string         `json:"connection"`
	Product    string         `json:"product"`
	Route      string         `json:"route"`
	Verified   bool           `json:"verified"`
	State      string         `json:"state"`
	Results    []resultJSON   `json:"results"`
	Diagnosis  *diagnosisJSON `json:"diagnosis,omitempty"`
	Needs      []needJSON     `json:"needs"`
}

type rotateJSON struct {
	checkJSON
	ReplaceHere []replaceJSON `json:"replaceHere"`
}

func checkJSONOf(report steps.Report) checkJSON {
	made := checkJSON{
		Schema: "mailgrant.check/1", Connection: report.Name, Product: report.Product, Route: report.Route,
		Verified: report.Verified, State: string(report.State), Results: []resultJSON{}, Needs: []needJSON{},
	}
	for _, result := range report.Results {
		made.Results = append(made.Results, resultJSONOf(result))
	}
	if report.Diagnosis != nil {
		made.Diagnosis = diagnosisJSONOf(*report.Diagnosis)
	}
	for _, need := range report.Needs {
		made.Needs = append(made.Needs, needJSON{need.What, string(need.Owner), need.Text, need.Command, need.URL})
	}
	return made
}

func rotateJSONOf(report steps.Report) rotateJSON {
	made := rotateJSON{checkJSONOf(report), []replaceJSON{}}
	for _, place := range report.ReplaceHere {
		made.ReplaceHere = append(made.ReplaceHere, replaceJSON{place.Artefact, string(place.Address), place.Place, place.Line, place.Key})
	}
	return made
}

type statusLineJSON struct {
	Name         string `json:"name"`
	Product      string `json:"product"`
	Tenant       string `json:"tenant"`
	SecretEnds   string `json:"secretEnds,omitempty"`
	DaysLeft     *int   `json:"daysLeft,omitempty"`
	LastVerified string `json:"lastVerified,omitempty"`
	State        string `json:"state"`
}

type statusJSON struct {
	Schema      string           `json:"schema"`
	Connections []statusLineJSON `json:"connections"`
}

func statusJSONOf(all []steps.Status) statusJSON {
	made := statusJSON{"mailgrant.status/1", []statusLineJSON{}}
	for _, one := range all {
		line := statusLineJSON{
			Name: one.Name, Product: one.Product, Tenant: one.Tenant, SecretEnds: one.SecretEnds,
			LastVerified: one.LastVerified, State: string(one.State),
		}
		if one.HasEnd {
			line.DaysLeft = &one.DaysLeft
		}
		made.Connections = append(made.Connections, line)
	}
	return made
}

type signInJSON struct {
	Schema          string `json:"schema"`
	Mailbox         string `json:"mailbox"`
	UserCode        string `json:"userCode"`
	VerificationURI string `json:"verificationUri"`
	ExpiresAt       string `json:"expiresAt"`
}

func signInJSONOf(event steps.CodeIssued) signInJSON {
	return signInJSON{
		Schema: "mailgrant.signin/1", Mailbox: string(event.Account), UserCode: event.Code.UserCode,
		VerificationURI: event.Code.VerificationURI, ExpiresAt: event.Code.Expires.UTC().Format(time.RFC3339),
	}
}

// pageJSONOf tells of a sign-in in a browser, which has no code: the page to open stands where a
// code's page does.
func pageJSONOf(event steps.PageOpened) signInJSON {
	return signInJSON{
		Schema: "mailgrant.signin/1", Mailbox: string(event.Account), VerificationURI: event.Page.URL,
		ExpiresAt: event.Page.Expires.UTC().Format(time.RFC3339),
	}
}
