;;; emacs.el --- Opens the record in Emacs with eglot, applies the quick fix, saves  -*- lexical-binding: t -*-
;; Prints what it saw; the caller compares it and the file.

(setq make-backup-files nil auto-save-default nil create-lockfiles nil
      eglot-sync-connect 20 eglot-send-changes-idle-time 0
      eglot-confirm-server-initiated-edits nil eglot-confirm-server-edits nil)

(defun wait-until (seconds condition why)
  "Wait until CONDITION holds; after SECONDS print WHY and give up."
  (let ((end (+ (float-time) seconds)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.05)
      (when (bound-and-true-p flymake-mode) (flymake-start)))
    (unless (funcall condition) (message "%s" why) (kill-emacs 1))))

(package-initialize)
(dolist (folder (split-string (or (getenv "MODES") "") ":" t)) (add-to-list 'load-path folder))
(require 'eglot)
(autoload 'markdown-mode "markdown-mode")
(add-to-list 'auto-mode-alist '("\\.md\\'" . markdown-mode))
(load (expand-file-name "wrongfix.el" (getenv "CONFIG")))

(find-file (getenv "RECORD"))
;; eglot-ensure connects after the command that opened the file, and a batch has none.
(run-hooks 'post-command-hook)
(wait-until 20 #'eglot-managed-p "eglot does not manage the record")
(wait-until 20 #'flymake-diagnostics "no finding came")
(let* ((found (car (flymake-diagnostics)))
       (beg (flymake-diagnostic-beg found)))
  (goto-char beg)
  (princ (format "finding %d:%d:%s wrongfix\n" (line-number-at-pos beg)
                 (1+ (- beg (line-beginning-position)))
                 (buffer-substring-no-properties beg (flymake-diagnostic-end found)))))
(setq last-nonmenu-event t) ; a key, not the mouse: the choice is made in the minibuffer
(let ((completing-read-function
       (lambda (_prompt choices &rest _)
         (let ((first (car (all-completions "" choices))))
           (princ (format "action %s\n" first))
           first))))
  (eglot-code-actions (point) nil "quickfix" t))
(eglot--signal-textDocument/didChange)
(wait-until 10 (lambda () (null (flymake-diagnostics))) "the finding stayed")
(save-buffer)
(eglot-shutdown (eglot-current-server))
(kill-emacs 0)
