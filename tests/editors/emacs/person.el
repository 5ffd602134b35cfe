;;; person.el --- What a person does in Emacs; what is seen is recorded  -*- lexical-binding: t; -*-

;; emacs --batch -q -l AGENTLS.EL -l person.el -l eglot_work.el (or lsp_mode_work.el)
;; The expectations are in test_emacs.py.

(require 'cl-lib)
(require 'json)
(setq make-backup-files nil create-lockfiles nil auto-save-default nil
      user-emacs-directory (file-name-as-directory (getenv "AGENTLS_FACTS")))
(package-initialize)
(require 'markdown-mode)

(defvar person-facts nil "What was seen: names and values.")

(defun person-record (name value)
  (push (cons name value) person-facts)
  (with-temp-file (expand-file-name "facts.json" (getenv "AGENTLS_FACTS"))
    (insert (json-encode person-facts))))

(defun person-until (what ask)
  "The first answer to ASK that is not nil."
  (let ((end (+ (float-time) 120)) answer)
    (while (and (not (setq answer (funcall ask))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or answer (error "Waited in vain for %s" what))))

(defun person-go-behind (words)
  (goto-char (point-min))
  (search-forward words))

(defun person-go-to (words)
  (person-go-behind words)
  (backward-char (length words)))

(defun person-in-project (name)
  (expand-file-name name (getenv "AGENTLS_PROJECT")))

(defun person-text-of (range)
  "The marked text of a cons of two positions."
  (buffer-substring-no-properties (car range) (cdr range)))

(defun person-vector-of (list)
  "JSON knows no empty list otherwise."
  (apply #'vector list))

(defun person-bytes ()
  "What is on disk, in Base64."
  (let ((file (buffer-file-name)))
    (with-temp-buffer
      (set-buffer-multibyte nil)
      (insert-file-contents-literally file)
      (base64-encode-string (buffer-string) t))))
