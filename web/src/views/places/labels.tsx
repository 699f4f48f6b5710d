import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Label } from '../../../../client/src/index.ts'
import { usePicture } from '../../replica/provider.tsx'
import { labelNamed, usePlaceActions } from '../../tasks/use-place-actions.ts'
import { icons } from '../../ui/icons.tsx'
import { Place, PlaceGroup } from './place.tsx'
import { PlaceDialog } from './place-dialog.tsx'
import { LABEL_NAME_MAX, useLabelMenu } from './use-label-menu.tsx'

/** The person's labels by name. */
export const Labels = () => {
  const { labels } = usePicture()
  const { addLabel } = usePlaceActions()
  const [isAdding, setAdding] = useState(false)
  const [, go] = useLocation()
  const sorted = [...labels.values()].sort((a, b) => a.name.localeCompare(b.name))
  return (
    <PlaceGroup title="Labels" add="Add a label" onAdd={() => setAdding(true)}>
      {sorted.map((label) => (
        <LabelPlace key={label.id} label={label} />
      ))}
      {isAdding && (
        <PlaceDialog
          title="New label"
          maxLength={LABEL_NAME_MAX}
          faultIn={(name) => {
            const other = labelNamed(labels, name)
            return other && `There is a label “${other.name}” already`
          }}
          onSave={(fields) => go(`/labels/${addLabel(fields)}`)}
          onClose={() => setAdding(false)}
        />
      )}
    </PlaceGroup>
  )
}

const LabelPlace = ({ label }: { label: Label }) => {
  const { items, dialog } = useLabelMenu(label)
  return (
    <li>
      <Place
        href={`/labels/${label.id}`}
        icon={<span style={{ color: label.color ?? 'var(--muted)' }}>{icons.label}</span>}
        name={label.name}
        menu={{ label: `More for the label ${label.name}`, items }}
      />
      {dialog}
    </li>
  )
}
