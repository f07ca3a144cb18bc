import { Center, Container } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { failure } from '../../electron/contract/failure.ts';
import { FailureAlert } from '../ui/failure-alert.tsx';

interface FailureBoundaryProps {
  readonly children: ReactNode;
}

/** What a person sees when the page itself breaks: words and a way out instead of an empty window. */
export class FailureBoundary extends Component<FailureBoundaryProps, { broken: Error | null }> {
  override state: { broken: Error | null } = { broken: null };

  static getDerivedStateFromError(broken: Error) {
    return { broken };
  }

  override render() {
    const { broken } = this.state;
    if (broken === null) return this.props.children;
    return (
      <Center h="100%">
        <Container size="xs">
          <FailureAlert
            failure={failure('unexpected', `The page broke: ${broken.message}`)}
            action={{ label: 'Start the page again', onClick: () => window.location.reload() }}
          />
        </Container>
      </Center>
    );
  }
}
