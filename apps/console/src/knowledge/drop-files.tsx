import { Center, Overlay, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';

/** Takes files that are dropped anywhere on what is inside. */
export function DropFiles({
  disabled,
  onFiles,
  children,
}: {
  readonly disabled: boolean;
  readonly onFiles: (files: File[]) => void;
  readonly children: ReactNode;
}) {
  const [isOver, setIsOver] = useState(false);
  // Entering a child is told before the leaving of its parent.
  const depth = useRef(0);
  const ofFiles = (event: DragEvent) => !disabled && event.dataTransfer.types.includes('Files');
  const move = (by: number) => (event: DragEvent) => {
    if (!ofFiles(event)) return;
    depth.current += by;
    setIsOver(depth.current > 0);
  };
  return (
    <div
      style={{ position: 'relative', minHeight: '50vh' }}
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => ofFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!ofFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setIsOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <Overlay backgroundOpacity={0.85} color="var(--mantine-color-body)" radius="lg">
          <Center h="100%" style={{ border: '2px dashed var(--mantine-primary-color-filled)', borderRadius: 'var(--mantine-radius-lg)' }}>
            <Text fw={600}>Drop the files, and the assistant reads them</Text>
          </Center>
        </Overlay>
      )}
    </div>
  );
}
