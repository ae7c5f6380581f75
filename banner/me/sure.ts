import { find } from '../verifier/element.ts'

/** Asks before something is gone for good. Escape is no. */
export function sure(question: string): Promise<boolean> {
  const dialog = find<HTMLDialogElement>('sure')
  find('sure-text').textContent = question
  dialog.returnValue = ''
  for (const button of dialog.querySelectorAll('button')) {
    button.onclick = () => dialog.close(button.dataset.do)
  }
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes')
    dialog.showModal()
  })
}
