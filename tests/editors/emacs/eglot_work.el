;;; eglot_work.el --- An hour's work with Eglot  -*- lexical-binding: t; -*-

(require 'eglot)
(setq eglot-sync-connect t eglot-autoshutdown t eglot-confirm-server-initiated-edits nil
      ;; A second instead of three: a server that ends at once is not started again.
      eglot-autoreconnect 1
      ;; A slow machine is no fault.
      eglot-connect-timeout 120 jrpc-default-request-timeout 120)
;; In batch nobody can be asked.
(fset 'y-or-n-p (lambda (&rest _) t))

(defun work-rule (text)
  "Eglot writes the rule between brackets."
  (string-match "\\[\\([a-z-]+\\)\\]" text)
  (match-string 1 text))

(defun work-findings (count)
  (let ((found (person-until (format "%d findings" count)
                      (lambda ()
                        (flymake-start)
                        (accept-process-output nil 0.05)
                        (and (= count (length (flymake-diagnostics))) (or (flymake-diagnostics) t))))))
    (person-vector-of
     (when (consp found)
       (mapcar (lambda (one)
                 (vector (work-rule (flymake-diagnostic-text one))
                         (person-text-of (cons (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))))
               (cl-sort (copy-sequence found) #'< :key #'flymake-diagnostic-beg))))))

(defun work-open-with-server (name)
  (find-file (person-in-project name))
  (markdown-mode)
  (unless (eglot-current-server)
    (apply #'eglot--connect (eglot--guess-contact))))

(defun work-changed ()
  "Tell the server what was typed; in batch nobody is idle."
  (eglot--signal-textDocument/didChange))

(work-open-with-server ".claude/agents/reviewer.md")
(person-record "findings" (work-findings 4))

;; Hover and definition
(person-go-to "Edit\n")
(person-record "hover" (format "%S" (jsonrpc-request (eglot-current-server) :textDocument/hover
                                              (eglot--TextDocumentPositionParams))))
(person-go-to "clean-code")
(let* ((identifier (xref-backend-identifier-at-point 'eglot))
       (place (xref-item-location (car (xref-backend-definitions 'eglot identifier)))))
  (person-record "definition" (xref-location-group place)))

;; Complete a tool in the comma string and take it, then throw it away
(person-go-behind "MultiEdit, Edit")
(insert ", WebF")
(work-changed)
(let* ((capf (eglot-completion-at-point))
       (table (nth 2 capf))
       (offered (all-completions (buffer-substring-no-properties (nth 0 capf) (nth 1 capf)) table)))
  (person-record "offered" (person-vector-of (mapcar #'substring-no-properties offered)))
  (delete-region (nth 0 capf) (nth 1 capf))
  (insert (car offered))
  (funcall (plist-get (nthcdr 3 capf) :exit-function) (car offered) 'finished))
(person-record "completed" (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(person-go-to ", WebFetch")
(delete-region (point) (line-end-position))
(work-changed)
(work-findings 4)

;; A quick fix
(person-go-to "Gerp")
(let ((fix (cl-find-if (lambda (one) (equal (plist-get one :title) "Change to `Grep`"))
                       (append (eglot-code-actions (point) (+ (point) 4)) nil))))
  (eglot--apply-workspace-edit
   (or (plist-get fix :edit)
       (plist-get (jsonrpc-request (eglot-current-server) :codeAction/resolve fix) :edit)))
  (work-changed))
(person-record "fixed" (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
(person-record "findingsAfterFix" (work-findings 3))

;; All certain repairs, and the bytes on disk
(work-open-with-server ".claude/agents/damaged.md")
(work-findings 6)
(let ((all (cl-find-if (lambda (one) (string-prefix-p "source.fixAll" (plist-get one :kind)))
                       (append (eglot-code-actions (point-min) (point-max)) nil))))
  (eglot--apply-workspace-edit
   (or (plist-get all :edit)
       (plist-get (jsonrpc-request (eglot-current-server) :codeAction/resolve all) :edit)))
  (work-changed))
(save-buffer)
(person-record "findingsAfterRepair" (work-findings 0))
(person-record "saved" (person-bytes))

;; Rename the agent where it stands
(person-go-to "name: damaged")
(forward-char 8)
(eglot-rename "whole")
(person-record "renamed" (buffer-substring-no-properties (point-min) (point-max)))

;; Other Markdown is left alone
(work-open-with-server "README.md")
(accept-process-output nil 1)
(person-record "findingsInOtherMarkdown" (work-findings 0))

;; The server dies, and Eglot starts it again
(find-file (person-in-project ".claude/agents/reviewer.md"))
(accept-process-output nil 1.5)
(let* ((before (eglot-current-server)))
  (signal-process (jsonrpc--process before) 'SIGKILL)
  (person-until "another server" (lambda () (let ((now (eglot-current-server))) (and now (not (eq now before))))))
  (person-record "findingsAfterCrash" (work-findings 3)))
(dolist (buffer (buffer-list))
  (with-current-buffer buffer (set-buffer-modified-p nil)))
(person-record "finished" t)
