;;; lsp_mode_work.el --- An hour's work with lsp-mode  -*- lexical-binding: t; -*-

(require 'lsp-mode)
(require 'lsp-completion)
(require 'lsp-diagnostics)
(setq lsp-session-file (expand-file-name "session" (getenv "AGENTLS_FACTS"))
      lsp-auto-guess-root t
      lsp-diagnostics-provider :none
      ;; What came with lsp-mode for other languages is not wanted here.
      lsp-client-packages nil
      ;; In batch nobody is idle.
      lsp-debounce-full-sync-notifications nil
      lsp-restart 'auto-restart
      ;; A slow machine is no fault.
      lsp-response-timeout 120
      ;; It needs a package of its own.
      lsp-enable-snippet nil)

(defun work-open (name)
  (find-file (person-in-project name))
  (markdown-mode)
  (lsp)
  (person-until "a server" (lambda ()
                             (and (lsp-workspaces)
                                  (cl-every (lambda (each) (eq 'initialized (lsp--workspace-status each)))
                                            (lsp-workspaces))))))

(defun work-findings (count)
  (let* ((all (lambda () (gethash (buffer-file-name) (lsp-diagnostics))))
         (found (progn
                  (person-until (format "%d findings" count) (lambda () (= count (length (funcall all)))))
                  (append (funcall all) nil))))
    (person-vector-of
     (mapcar (lambda (one) (vector (lsp:diagnostic-code? one)
                                   (person-text-of (lsp--range-to-region (lsp:diagnostic-range one)))))
             found))))

(defun work-repair (title)
  (let ((action (cl-find-if (lambda (one) (equal (lsp:code-action-title one) title))
                            (append (lsp-code-actions-at-point) nil))))
    (lsp-execute-code-action action)))

(lsp-workspace-folders-add (getenv "AGENTLS_PROJECT"))
(work-open ".claude/agents/reviewer.md")
(person-record "findings" (work-findings 3))

(person-go-to "Edit\n")
(person-record "hover" (format "%S" (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
(person-go-to "clean-code")
(let ((place (lsp--locations-to-xref-items
              (lsp-request "textDocument/definition" (lsp--text-document-position-params)))))
  (person-record "definition" (xref-location-group (xref-item-location (car place)))))

(person-go-behind "MultiEdit, Edit")
(insert ", WebF")
(let* ((capf (lsp-completion-at-point))
       (offered (all-completions (buffer-substring-no-properties (nth 0 capf) (nth 1 capf)) (nth 2 capf))))
  (person-record "offered" (person-vector-of (mapcar #'substring-no-properties offered)))
  (delete-region (nth 0 capf) (nth 1 capf))
  (insert (car offered))
  (funcall (plist-get (nthcdr 3 capf) :exit-function) (car offered) 'finished))
(person-record "completed" (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(person-go-to ", WebFetch")
(delete-region (point) (line-end-position))
(work-findings 3)

(person-go-to "Gerp")
(work-repair "Change to `Grep`")
(person-record "fixed" (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(person-record "findingsAfterFix" (work-findings 2))

;; The server dies, and is started again
(let ((before (lsp--workspace-proc (car (lsp-workspaces)))))
  (signal-process before 'SIGKILL)
  (person-until "another server" (lambda ()
                                   (let ((now (car (lsp-workspaces))))
                                     (and now (not (eq before (lsp--workspace-proc now)))))))
  (person-record "findingsAfterCrash" (work-findings 2)))

(work-open ".claude/agents/damaged.md")
(work-findings 6)
(work-repair "Apply all safe fixes in this file")
(save-buffer)
(person-record "findingsAfterRepair" (work-findings 0))
(person-record "saved" (person-bytes))

(person-go-to "name: damaged")
(forward-char 8)
(lsp-rename "whole")
(person-record "renamed" (buffer-substring-no-properties (point-min) (point-max)))

(work-open "README.md")
(accept-process-output nil 1)
(person-record "findingsInOtherMarkdown" (work-findings 0))

(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(person-record "finished" t)
