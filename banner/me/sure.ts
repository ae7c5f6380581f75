import { find } from '../verifier/element.ts'

/**
 * Asks before something is gone for good. Escape is no. The event of closing comes
 * late: it may be that of the question before, when this one is open already.
 */
export function sure(question: string): Promise<boolean> {
  const dialog = find<HTMLDialogElement>('sure')
  find('sure-text').textContent = question
  return new Promise((resolve) => {
    for (const button of dialog.querySelectorAll('button')) {
      button.onclick = () => {
        resolve(button.dataset.do === 'yes')
        dialog.close()
      }
    }
    dialog.onclose = () => {
      if (!dialog.open) resolve(false)
    }
    dialog.showModal()
  })
}
